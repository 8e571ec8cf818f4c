import groovy.json.JsonSlurper

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 4
assert new File(basedir, "killed.txt").text == "a worker\n"

assert builds[1] =~ /Spark [\d.]+ at \Qlocal-cluster[2,1,512]\E answers the questions\./
assert !builds[0].contains("answers the questions")
assert new File(basedir, "target/two/logs/evaluate.log").text.contains("Lost executor")

// The time that an answer takes is measured where it is given; all else is the same to the byte.
def scores = { new File(basedir, "target/$it/evaluation/scores.json").text }
def untimed = { scores(it).replaceAll(/("latency" *: *)[0-9.eE-]+/, '$1TIME') }
def same = untimed("two") == untimed("local")
assert same
def sets = new JsonSlurper().parseText(scores("two")).sets
def names = sets*.name
assert names == ["test", "retention", "suite", "warm", "echo"]
def providers = sets[0].providers*.provider
assert providers == ["base", "few-shot 2", "tuned"]
def latencies = sets[0].providers*.items.flatten()*.scores*.latency
assert latencies.size() == 36 && latencies.every { it > 0 }
for (name in ["warm", "echo"]) {
    def samples = { new File(basedir, "target/$it/evaluation/lm-eval/tuned/samples_${name}.jsonl").text }
    assert samples("two") == samples("local")
}

assert builds[2].contains("Scores are up to date: nothing changed since they were measured.")
assert builds[3] =~ /undescribed\.yaml:\d+:11: evaluation\.runner is spark, but there is no section runner\.spark; add it, or choose local/
return true
