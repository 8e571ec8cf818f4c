import groovy.json.JsonSlurper

def log = new File(basedir, "build.log").text
assert log.contains("pass-rate")
assert log.contains("Scores are up to date: nothing changed since they were measured.")
assert log.contains("wrong-suite.yaml:3:5: this test has no assertion, so that any answer would pass. Add assert.")

def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "PASS"
assert summary.metrics.tuned["pass-rate"] == summary.metrics.tuned.accuracy
assert summary.metrics.base["pass-rate"] < 0.5
def results = new JsonSlurper().parse(new File(basedir, "target/ft/evaluation/promptfoo.json")).results
assert results.prompts*.provider == ["ft:tuned", "ft:base"]
assert results.results.size() == 24
assert new File(basedir, "target/ft/evaluation/junit.xml").text.contains('<testsuite name="[ft:tuned] prompt 1" tests="12"')
assert new File(basedir, "target/ft/evaluation/promptfoo.csv").text.startsWith("Description,thing,expected,[ft:tuned] {{thing}},Status,")
assert summary.metrics.keySet() == ["base", "prompt prompt.txt", "few-shot 3", "prompt prompt.txt, few-shot 2", "rag 1", "tuned"] as Set
assert summary.metrics.tuned.retention > 0 && summary.metrics.tuned.retention <= 1
return true
