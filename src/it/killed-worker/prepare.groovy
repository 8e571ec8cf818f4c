// Kills the first worker that has trained for 250 steps, with a signal that nobody can handle.
import groovy.json.JsonSlurper

Thread.startDaemon("kill worker") {
    def journal = new File(basedir, "target/ft/logs/train.events.jsonl")
    while (true) {
        sleep(10)
        def lines = journal.exists() ? journal.text.readLines() : []
        // The last line may be half written.
        def events = lines.findAll { it.endsWith("}") }.collect { new JsonSlurper().parseText(it) }
        def hello = events.find { it.event == "hello" }
        if (hello && events.any { it.event == "progress" && it.step >= 250 }) {
            ProcessHandle.of(hello.pid as long).get().destroyForcibly()
            return
        }
    }
}
