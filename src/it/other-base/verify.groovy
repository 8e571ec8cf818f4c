import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 6
builds.drop(1).each { assert it.contains("The last release is it:other-base:1.0, in releases.") }

// All of today's models are of little use, so only on its own base, and as itself, it answers as it did.
assert builds[1].contains("it:other-base:1.0 answers the questions again (test).")
assert builds[1] =~ /accuracy over released\s+-0\.\d+\s.*PASS/
def answers = { json -> json.sets[0].providers.collectEntries { [it.provider, it.items.collect { item -> item.answer }] } }
def jar = new File(basedir, "releases/it/other-base/1.0/other-base-1.0.jar")
def then = new ZipFile(jar).withCloseable {
    def scores = it.getEntry("META-INF/lora/it/other-base/evaluation/scores.json")
    answers(new JsonSlurper().parse(it.getInputStream(scores))).tuned
}
assert then.toSet() == ["warm", "cold"] as Set
def again = answers(new JsonSlurper().parse(new File(basedir, "target/asked-again/evaluation/scores.json")))
assert again.released == then.drop(2)
assert again.base != again.released && again.tuned != again.released

assert builds[2].contains("it:other-base:1.0 is compared by the scores of its release (test).")
assert builds[2].contains("BUILD SUCCESS")

[builds[3], builds[4]].each {
    assert it =~ /Failed to execute goal .*:evaluate .* on project other-base/
    assert it.contains("it:other-base:1.0: it was not measured on the current questions, and cannot be: it was trained on" +
        " another base, model, which is missing or has changed. Compare with another release" +
        " (-Dft.baseline=GROUP:ARTIFACT:VERSION) or none (-Dft.baseline=none), and declare bases as hf:ORG/NAME@COMMIT or" +
        " mvn:GROUP:ARTIFACT:VERSION, which cannot change.")
    assert it.contains("MojoFailureException")
}
assert !new File(localRepositoryPath, "it/other-base/1.1").exists()
assert !new File(basedir, "releases/it/other-base/1.1").exists()

assert builds[5].contains("it:other-base:1.0 answers the questions again (test).")
assert builds[5] =~ /Spark [\d.]+ at \Qlocal-cluster[1,1,512]\E answers the questions\./
def scores = { new File(basedir, "target/$it/evaluation/scores.json").text }
def onSpark = scores("on-spark")
assert onSpark == scores("asked-again")
