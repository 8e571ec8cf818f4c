def log = new File(basedir, "build.log").text
assert log.contains("The report: target/ft/evaluation/report.html")
assert log.contains('''1 of 1 acceptance rule not met.''')
assert log.contains('''gains''')
assert log.contains('''below the minimum gain 0.9''')
assert log.contains('''MojoFailureException''')
assert log.contains("target/gate-fails-1.0.jar")
def summary = new groovy.json.JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "FAIL"

// What is refused is neither sealed nor installed.
new java.util.zip.ZipFile(new File(basedir, "target/gate-fails-1.0.jar")).withCloseable { zip ->
    assert !zip.entries().any { it.name.contains("/evaluation/") }
}
assert !new File(localRepositoryPath, "it/gate-fails").exists()

// The report tells, too.
def report = { new File(basedir, "target/ft/evaluation/report." + it).getText("UTF-8") }
assert report("html").contains('<p class="verdict fails">FAIL: 1 of 1 acceptance rule not met.</p>')
assert report("html") =~ /<td class="verdict fails">FAIL<\/tr>/
assert report("md").contains("**FAIL: 1 of 1 acceptance rule not met.**")
assert report("md") =~ /\| accuracy over base \| \S+ \| ≥ \+0\.9\S* \|.*\| FAIL \|/
