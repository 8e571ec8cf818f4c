def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1) as List
assert builds.size() == 3
def lake = "src/main/ft/data/lake.jsonl"

assert builds[0].contains("""on project dataset-checks: 
[ERROR] dataset.checks: 3 checks failed.
[ERROR]   nearLeaks: test: questions that are nearly in train: 1 (src/main/ft/data/test.jsonl:1 and $lake:1). Keep rows of one origin on one side: remove them from train, or from the test file.
[ERROR]   conflictingAnswers: train: prompts with more than one answer: 1 ($lake:2 and $lake:1). Decide for one answer.
[ERROR]   personalData: rows with an e-mail address: 1 ($lake:3). Replace them in the data: a model can repeat what it learnt.
[ERROR]   A check that is set to warn or off lets the build go on.""".toString())
assert builds[0].contains("MojoFailureException")

builds.tail().each {
    assert it.contains("[WARNING] test: questions that are nearly in train: 1 (src/main/ft/data/test.jsonl:1 and $lake:1)".toString())
    assert it.contains("[WARNING] train: prompts with more than one answer: 1 ($lake:2 and $lake:1)".toString())
    assert it.contains("[WARNING] rows with an e-mail address: 1 ($lake:3)".toString())
}
assert builds[2].contains("Dataset is up to date")

def report = new File(basedir, "target/ft/dataset/report.html").text
def json = new File(basedir, "target/ft/dataset/report.json").text
[report, json].each {
    assert it.contains("Is the lake warm in July")
    assert it.contains("Ask [e-mail address]")
}
assert [report, json, *builds].every { !it.contains("jo.doe") }
