def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 10
assert new File(basedir, "killed.txt").readLines() == ["two", "driver"]

def adapter = { new File(basedir, "target/$it/train/adapter/adapter_model.safetensors").bytes }
def steps = { new File(basedir, "target/$it/logs/train.events.jsonl").readLines().collect { new groovy.json.JsonSlurper().parseText(it) }
        .findAll { it.event == "progress" && it.phase.startsWith("Training") }*.step }
["one", "two", "three", "driver"].each { assert adapter(it) == adapter("local") : it }

["local-cluster[1,1,512]", "local-cluster[2,1,512]", "local-cluster[3,1,512]"].eachWithIndex { master, i ->
    assert builds[i + 1] =~ /Spark [\d.]+ at \Q$master\E computes the gradients\./
}
assert !builds[0].contains("computes the gradients")

// A worker was replaced, and the new one took its share.
assert new File(basedir, "target/two/logs/train.log").text.contains("Lost executor")
def replacement = new File(new File(basedir, "target/two/logs/spark/work").listFiles()[0], "2/stderr")
assert replacement.text.contains("Finished task")

// The driver went on from its checkpoint, not from the start.
assert builds[4].contains("The worker of ft:train was killed (signal 9)")
assert builds[5] =~ /Resuming from the checkpoint of step \d+ of /
assert builds[5].contains("computes the gradients")
assert steps("driver").min() > 5

assert builds[6].contains("runner.spark: the workers of local-cluster[1,1,512] end as soon as they start. The last words of one: Error: this Java is the oldest of all")
assert builds[7].contains("no/such/spark-submit cannot be started: No such file or directory. Point runner.spark.submit at the spark-submit of an Apache Spark.")

// The same rounds, by whomever they are trained.
assert adapter("rounds-two") == adapter("rounds")
assert adapter("rounds") != adapter("local")
assert !builds[8].contains("computes the gradients")
assert builds[9].contains("computes the gradients")
return true
