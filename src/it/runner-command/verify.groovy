import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 9
def target = new File(basedir, "target")
def read = { File file -> new JsonSlurper().parse(file) }

// The same bytes as a training of this machine, evaluated, gated and packaged in the same way.
def weights = { new File(target, it + "/train/adapter/adapter_model.safetensors").bytes }
assert weights("command") == weights("ft")
assert builds[1] =~ /INFO\] Training [0-9a-f]{12} by runner\.command, with the request in target\/command\/runner\/[0-9a-f]{12}\./
assert builds[1] =~ /INFO\] Trained on \S+ \(.*, cpu\)\./
assert builds[1].contains("BUILD SUCCESS")
assert read(new File(target, "command/summary.json")).rules == read(new File(target, "ft/summary.json")).rules
def ran = read(new File(target, "command/train/training.json")).ran
assert ran.runner == "command" && ran.host && ran.platform && ran.device == "cpu"
def jar = target.listFiles().find { it.name == "runner-command-1.0.jar" }
def provenance = new ZipFile(jar).withCloseable { zip ->
    zip.getInputStream(zip.entries().find { it.name.endsWith("provenance.json") }).withStream { new JsonSlurper().parse(it) }
}
assert provenance.training.ran == ran
assert !new JsonSlurper().parse(new File(target, "ft/train/training.json")).containsKey("ran")
// Nothing is left of the request, and the journal came along.
assert new File(target, "command/runner").list() == []
assert new File(target, "command/logs/train.command.log").exists()

// One message each, and nothing that a next build could take for a result.
def message = { int build, pattern ->
    assert builds[build].contains("BUILD FAILURE")
    def errors = builds[build].readLines().findAll { it.contains("[ERROR]") && it.contains("runner.command") && it.contains("Failed to execute goal") }
    assert errors.size() == 1
    assert errors[0] =~ pattern
}
message(2, /runner\.command ended, but left no target\/wrong\/runner\/[0-9a-f]{12}\/result\/manifest\.json\. It must wait for the training and bring result\/ back\./)
message(3, /result: is the result of another training: its key is 0123456789ab[0-9a-f]+, but this build asked for [0-9a-f]+\. What runner\.command left was removed; build again to run it again\./)
message(4, /result\/adapter\/adapter_model\.safetensors: the tensor \S+ holds values that are not finite \(NaN or infinity\)\./)
message(5, /result\/adapter\/adapter_model\.safetensors: the tensor \S+ has the shape \[\d+, \d+\], but this base model needs \[\d+, \d+\]\./)
assert builds[6].contains("BUILD FAILURE")
assert builds[6].contains("ft:train was stopped where runner.command ran it. ")

// A hundred megabytes of output neither fill the log nor hide that the training resumed, and its bytes are right.
assert builds[7].contains("BUILD SUCCESS")
assert builds[7].length() < 100_000
def log = new File(target, "wrong/logs/train.command.log")
assert log.length() < 9 << 20
assert log.text.contains("bytes left out]")
assert weights("wrong") == weights("ft")
assert new File(target, "wrong/logs/train.events.jsonl").text.contains("Resum")

// The command fails, and its exit code is all that is known.
assert builds[8].contains("BUILD FAILURE")
assert builds[8] =~ /runner\.command ended with exit code 7\. Its output is in target\/left\/logs\/train\.command\.log\./
assert !new File(target, "left/train/adapter").exists()
return true
