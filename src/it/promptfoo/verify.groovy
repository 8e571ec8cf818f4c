import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper

def log = new File(basedir, "build.log").text
assert log.contains("2       0       0  100.0 %")
assert log.contains("bad.yaml: 33.3 % of 3 tests pass (1 failed, 1 error), but 100 % must.")
assert log.contains("FAIL  bad.yaml:5:5 [echo]: Expected output \"b\" to equal \"a\"")
assert log.contains("ERROR bad.yaml:6:5 [echo]: Error: The script took longer than 5000 ms")
assert log.contains("typo.yaml:5:15: unknown assertion type 'equal'. Did you mean 'equals'?")

assert log.contains("ERROR judged.yaml:7:5 [echo]: Error: llm-rubric: the judge's answer has no JSON object: It is polite.")
assert log.contains("unjudged.yaml:5:15: the assertion llm-rubric needs a judge, but none is configured.")
assert log.contains("A judge needs both ft.judge.model and ft.judge.url, but ft.judge.url is not set.")

def results = new JsonSlurper().parse(new File(basedir, "target/results.json")).results
assert results.version == 3
assert results.stats.successes == 2
assert results.results*.success == [true, true]
assert new JsonSlurper().parse(new File(basedir, "target/bad.json")).results.stats.errors == 1
assert new File(basedir, "target/results.csv").readLines()[0].startsWith("Description,x,clause,[echo] {{x}},Status,Score,")
def junit = new XmlSlurper().parse(new File(basedir, "target/junit.xml"))
assert junit.@tests == "2"
assert junit.testsuite.testcase.size() == 2
return true
