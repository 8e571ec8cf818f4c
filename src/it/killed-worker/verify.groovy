import java.nio.file.Files

def log = new File(basedir, "build.log").text
assert log.contains("The worker of ft:train was killed (signal 9), likely because the system ran out of memory. Lower training.microBatchTokens")

def bytes = { new File(basedir, it).bytes }
def resumed = "target/ft/train/adapter/adapter_model.safetensors"
def undisturbed = "target/undisturbed/train/adapter/adapter_model.safetensors"
assert bytes(resumed) == bytes(undisturbed)
assert bytes("target/killed-worker-1.0.jar") == bytes("target/undisturbed.jar")

// It went on from its checkpoint: the first step it reported was not the first.
def steps = { new File(basedir, it).readLines().collect { new groovy.json.JsonSlurper().parseText(it) }
        .findAll { it.event == "progress" && it.phase.startsWith("Training") }*.step }
assert steps("target/ft/logs/train.events.jsonl").min() > 200
assert steps("target/undisturbed/logs/train.events.jsonl").min() < 200
