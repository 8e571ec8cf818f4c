// All in one log.
def log = new File(basedir, "build.log").text
def builds = log.split(/Scanning for projects/).drop(1)
assert builds.length == 4

def upToDate = [
    "Dataset is up to date: nothing changed since it was read.",
    "Adapter is up to date: nothing changed since it was trained (6 steps).",
    "Artifact is up to date: nothing changed since it was packaged.",
    "Scores are up to date: nothing changed since they were measured.",
]
upToDate.each {
    assert !builds[0].contains(it)
    assert builds[1].contains(it)
}

assert builds[2].contains(upToDate[0])
assert builds[2].contains("Training: training.learningRate 0.01 -> 0.005 changed.")
upToDate.drop(1).each { assert !builds[2].contains(it) }

// A rule that every model meets cannot fail.
assert builds[0].contains("[WARNING] Every model meets accuracy: minimum 0.00, because it is never below 0.")
assert builds[0].contains("[WARNING] NOT JUDGED: No acceptance rule can fail the build: 1 acceptance rule met.")

// What ft:check writes into the report makes no other evaluation of it, as the second build shows too; and where it is
// skipped, no verdict of an earlier build stays there.
upToDate.drop(2).each { assert builds[3].contains(it) }
def report = new File(basedir, "target/ft/evaluation/report.html").getText("UTF-8")
assert report.contains("<h2>accuracy <span")
assert !report.contains("Acceptance rules") && !report.contains("class=\"verdict")
