import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 6
def file = "target/ft/evaluation/scores.json".replace("/", File.separator)
def fails = { int build, String message ->
    assert builds[build] =~ /Failed to execute goal .*:check .* on project damaged-scores/
    assert builds[build].contains(message)
    assert builds[build].contains("MojoFailureException")
}
fails(1, file + ": the file is cut off in the middle. Run the evaluation again (ft:evaluate).")
fails(2, file + ": src/main/ft/data/test.jsonl:1: accuracy is NaN, but a score must be a finite number. Run the evaluation again")
fails(3, file + ": base answered 11 items but tuned 12. Run the evaluation again (ft:evaluate).")
// What is left of them agrees with the metrics: every answer is right.
fails(4, "The scores cover 11 test questions, but the test set has 12: the scores are incomplete. Run ft:evaluate again.")

assert builds[5].contains("Artifact is up to date: nothing changed since it was packaged.")
assert !builds[5].contains("Scores are up to date")
assert new File(basedir, "target/ft/evaluation/scores.json").bytes == new File(basedir, "target/whole.json").bytes
assert new JsonSlurper().parse(new File(basedir, "target/ft/summary.json")).verdict == "PASS"

// What could not be judged was opened again, and is sealed as before.
def isSealed = { String jar ->
    new ZipFile(new File(basedir, "target/" + jar)).withCloseable {
        it.getEntry("META-INF/lora/it/damaged-scores/evaluation/seal.json") != null
    }
}
assert isSealed("sealed.jar")
assert !isSealed("opened.jar")
assert new File(basedir, "target/damaged-scores-1.0.jar").bytes == new File(basedir, "target/sealed.jar").bytes
