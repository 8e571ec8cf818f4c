import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def builds = log.split(/Scanning for projects/).drop(1)
assert builds.length == 7
assert builds[0].contains("The last release of it:released could not be determined: ")
assert builds[0].contains("Without it a rule over: released would let any quality pass.")
assert builds[0].contains("MojoExecutionException")

assert builds[1].contains("[WARNING] The last release of it:released could not be determined: ")
assert builds[1].contains("acceptance[1], over: released, is not applied: the last release could not be determined, and" +
    " ft.baseline.onUnavailable is warn.")
assert builds[1].contains("BUILD SUCCESS")

assert builds[2].contains("acceptance[1], over: released, is not applied: this is the first release: no repository has" +
    " a version of it:released below 1.0.")
assert builds[2].contains("BUILD SUCCESS")

// By its stored scores: the same adapter on the same questions gains nothing and loses nothing.
assert builds[3].contains("The last release is it:released:1.0, in releases.")
assert builds[3].contains("it:released:1.0 is compared by the scores of its release (test).")
assert builds[3] =~ /accuracy over released\s+\+0\.0000\s.*PASS/

assert builds[4].contains("Scores are up to date: nothing changed since they were measured.")
assert builds[4] =~ /accuracy over released\s+\+0\.0000\s.*PASS/

// By asking it, on its own base.
assert builds[5].contains("it:released:1.0 answers the questions again (test).")
assert builds[5] =~ /accuracy over released\s+\+0\.0000\s.*PASS/

assert builds[6].contains("1 of 2 acceptance rules not met.")
assert builds[6] =~ /accuracy drops 0\.\d+ from released \(\d\.\d+ to \d\.\d+\), more than the maximum drop 0\.00\./
assert builds[6].contains("MojoFailureException")

def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "FAIL"
assert summary.baseline.state == "released"
assert summary.baseline.name == "it:released:1.0"
assert summary.metrics.released.accuracy > summary.metrics.tuned.accuracy

// Nothing of the second release is anywhere, and its jar is not sealed.
def releases = new File(basedir, "releases/it/released")
assert new File(releases, "1.0/released-1.0.jar").file
assert !new File(releases, "1.1").exists()
assert !new File(localRepositoryPath, "it/released/1.1").exists()
def entries = { File jar -> new ZipFile(jar).withCloseable { it.entries().collect { it.name } } }
def sealed = "META-INF/lora/it/released/evaluation/scores.json"
assert !entries(new File(basedir, "target/released-1.1.jar")).contains(sealed)
assert entries(new File(releases, "1.0/released-1.0.jar")).contains(sealed)
