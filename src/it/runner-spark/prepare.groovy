// Writes a spec for each run, and kills a worker of the two and the driver of the next run.
import groovy.json.JsonSlurper

// Several micro-batches in a step, and steps that Spark computes within a minute.
def local = new File(ft, "fine-tune.yaml")
local.text = local.text
    .replace("  epochs: 60", "  epochs: 10\n  microBatchTokens: 48\n  checkpointEvery: 5")
    .replaceAll(/(?s)acceptance:.*/, "acceptance:\n  - {metric: accuracy, minimum: 0}\n")
def write = { String name, String master, String more = "" ->
    new File(ft, name + ".yaml").text = local.text.replace("training:", "training:\n  runner: spark") +
        "runner:\n  spark:\n    master: $master\n    timeout: 300\n$more"
}
write("one", "local-cluster[1,1,512]")
write("two", "local-cluster[2,1,512]")
write("three", "local-cluster[3,1,512]")
write("driver", "local-cluster[2,1,512]")

// Rounds of more replicas than workers.
write("rounds-two", "local-cluster[2,1,512]")
new File(ft, "rounds.yaml").text = local.text
["rounds", "rounds-two"].collect { new File(ft, it + ".yaml") }.each {
    it.text = it.text.replace("training:", "training:\n  localSteps: 2\n  replicas: 3")
}

// A Java that no worker can start with.
def java = new File(basedir, "old/bin/java")
java.parentFile.mkdirs()
java.text = "#!/bin/sh\necho 'Error: this Java is the oldest of all' >&2\nexit 1\n"
java.setExecutable(true)
write("broken", "local-cluster[1,1,512]", "    conf: {spark.executorEnv.JAVA_HOME: \"${basedir}/old\"}\n")
write("elsewhere", "spark://localhost:1", "    submit: no/such/spark-submit\n")

def killAfter = { String output, int step, Closure victim ->
    Thread.startDaemon("kill in " + output) {
        def journal = new File(basedir, "target/$output/logs/train.events.jsonl")
        while (true) {
            sleep(10)
            def lines = journal.exists() ? journal.text.readLines() : []
            // The last line may be half written.
            def events = lines.findAll { it.endsWith("}") }.collect { new JsonSlurper().parseText(it) }
            def hello = events.find { it.event == "hello" }
            if (hello && events.any { it.event == "progress" && it.step >= step }) {
                victim(ProcessHandle.of(hello.pid as long).get())
                new File(basedir, "killed.txt") << "$output\n"
                return
            }
        }
    }
}
// The workers are the only children of the process that leads.
killAfter("two", 8) { it.children().findFirst().get().destroyForcibly() }
killAfter("driver", 8) { it.destroyForcibly() }
