import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def builds = log.split(/Scanning for projects/).drop(1)
assert builds.length == 7

assert builds[0].contains("acceptance[1], drift, is not applied: this is the first release: no repository has a version" +
    " of it:monitor below 1.0.")
assert !builds[0].contains("Since the last build")
assert builds[0].contains("BUILD SUCCESS")

assert !builds[1].contains("Since the last build") // the dataset is up to date
assert builds[1].contains("Since it:monitor:1.0: no row added, removed or changed; drift 0.00.")
assert builds[1] =~ /drift\s+0\.0.*PASS/

assert builds[2].contains("Since the last build: 12 added, 4 removed, 1 changed; label share of ")
assert builds[2].contains("Since it:monitor:1.0: 12 added, 4 removed, 1 changed; label share of ")
assert builds[2] =~ /drift is \d\.\d+, above the maximum 0\.2\d*\. The training set is compared with that of it:monitor:1\.0; the/ +
    / largest part is its \w+\./
assert builds[2].contains("MojoFailureException")
def changes = new JsonSlurper().parse(new File(basedir, "target/ft/dataset/changes.json")).changes
assert changes*.since == ["the last build", "it:monitor:1.0"]
assert changes[0].learnt == [added: 12, removed: 4, changed: 1]
assert changes[0].test == [added: 0, removed: 0, changed: 0]
assert new File(basedir, "target/ft/dataset/changes.html").text.contains("<h2>Since it:monitor:1.0</h2>")

assert builds[3].contains("960 requests, compared with the ")
assert builds[3].contains("STABLE: the training set of it:monitor:1.0 covers these requests.")

assert builds[4].contains("1,162 requests, compared with the ")
assert builds[4].contains("Wrote 2 candidates for labelling: candidates.jsonl. They are requests as users wrote them.")
assert builds[4].contains("1 line of the logs could not be read:")
assert builds[4].contains("logs/other.jsonl:202: not valid JSON: ")
assert builds[4] =~ /(WATCH|RETRAIN): the requests/
def candidates = new File(basedir, "candidates.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
assert candidates*.prompt as Set == ["where does my invoice number 1 come from", "who may cancel a subscription early"] as Set
assert candidates*.completion == ["", ""]

assert builds[5].contains("-Dft.candidates: candidates.jsonl exists, and may hold answers by now. Name another file, or move" +
    " this one.")

assert builds[6].contains("RETRAIN: the requests differ from the training set of it:monitor:1.0.")
assert builds[6].contains("MojoFailureException")
def report = new JsonSlurper().parse(new File(basedir, "target/ft/monitor/report.json"))
assert report.verdict == "retrain"
assert report.reference == "it:monitor:1.0"
assert report.requests == 201
assert report.unread.lines == 1
assert report.labels.find { it.label == "(other)" }.answers == 1.0
assert new File(basedir, "target/ft/monitor/report.html").file

// No text of a row is in the jar's fingerprint.
def jar = new ZipFile(new File(basedir, "releases/it/monitor/1.0/monitor-1.0.jar"))
jar.withCloseable {
    def root = "META-INF/lora/it/monitor/"
    def print = it.getInputStream(it.getEntry(root + "fingerprint.json")).text
    assert new JsonSlurper().parseText(print).labels.keySet() == ["cold", "warm"] as Set
    assert !print.contains("orange")
    assert it.getEntry(root + "examples.bin").size == 14 + 8 + 16 * 60
}
