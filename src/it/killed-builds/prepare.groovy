// Kills Maven while it trains, packages, evaluates and seals, and a worker while it evaluates: a build each, always with a
// signal that nobody can handle.
import groovy.json.JsonSlurper

// All weights of a wide model are trained and packaged, so that writing the jar takes long enough to be seen.
def config = new File(ft, "model/config.json")
config.text = config.text.replace('"intermediate_size": 40', '"intermediate_size": 120000')
def spec = new File(ft, "fine-tune.yaml")
spec.text = spec.text
    .replace("  model: model", "  model: model\n  initialize: random")
    .replace("rank: 16", "method: full")
    .replace("epochs: 60", "epochs: 1")
    .replaceAll(/(?s)acceptance:.*/, "") + """evaluation:
  batchSize: 1
acceptance:
  - {metric: accuracy, minimum: 0}
"""

def maven = {
    ProcessHandle.allProcesses().filter {
        it.info().commandLine().map { it.contains("classworlds") && it.contains("multiModuleProjectDirectory=" + basedir.path) }.orElse(false)
    }.findFirst()
}
def hasProgress = { String goal ->
    def journal = new File(basedir, "target/ft/logs/${goal}.events.jsonl")
    journal.exists() && journal.text.contains('"progress"')
}
def worker = { String goal ->
    def hello = new File(basedir, "target/ft/logs/${goal}.events.jsonl").readLines().first()
    ProcessHandle.of(new JsonSlurper().parseText(hello).pid as long).get()
}
def appears = { String name -> new File(basedir, "target").list()?.any { it == name } }

def steps = [
    [until: { hasProgress("train") }],
    [until: { appears(".killed-builds-1.0.jar.tmp") }],
    [until: { hasProgress("evaluate") }],
    [until: { hasProgress("evaluate") }, victim: { worker("evaluate") }],
    [until: { appears("..killed-builds-1.0.jar.next.tmp") }],
]
Thread.startDaemon("kill builds") {
    def journal = new File(basedir, "killed.txt")
    steps.eachWithIndex { step, i ->
        // A jar is written in a fraction of a second. So Maven is looked for before, and no program is started to kill it.
        def found = Optional.empty()
        while (found.isEmpty()) {
            sleep(5)
            found = maven()
        }
        while (!(step.until)()) {
            sleep(1)
        }
        def victim = step.victim ? (step.victim)() : found.get()
        victim.destroyForcibly()
        journal << "$i\n"
        // The next build begins with a journal of its own.
        while (maven().isPresent()) {
            sleep(5)
        }
        new File(basedir, "target/ft/logs/train.events.jsonl").delete()
        new File(basedir, "target/ft/logs/evaluate.events.jsonl").delete()
    }
}
return true
