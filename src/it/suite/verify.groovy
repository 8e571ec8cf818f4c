import groovy.json.JsonSlurper

def log = new File(basedir, "build.log").text
assert log.contains("pass-rate")
assert log.contains("Scores are up to date: nothing changed since they were measured.")
assert log.contains("wrong-suite.yaml:3:5: this test has no assertion, so any answer would pass. Add assert.")

def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "PASS"
assert summary.metrics.tuned["pass-rate"] == summary.metrics.tuned.accuracy
assert summary.metrics.base["pass-rate"] < 0.5
def results = new JsonSlurper().parse(new File(basedir, "target/ft/evaluation/promptfoo.json")).results
assert results.prompts*.provider == ["ft:tuned", "ft:base"]
assert results.results.size() == 24
results.results.each {
    assert it.gradingResult.componentResults*.assertion*.type == ["equals", "llm-rubric", "max-score"]
    assert it.gradingResult.componentResults[1].reason == it.vars.expected + " will do"
}
assert results.results.findAll { it.promptIdx == 1 }.every { !it.gradingResult.componentResults[2].pass }
assert new File(basedir, "target/ft/evaluation/junit.xml").text.contains('<testsuite name="[ft:tuned] prompt 1" tests="12"')
assert new File(basedir, "target/ft/evaluation/promptfoo.csv").text.startsWith("Description,thing,expected,[ft:tuned] {{thing}},Status,")
assert new File(basedir, "target/ft/evaluation/promptfoo.md").file
assert summary.metrics.keySet() == ["base", "prompt prompt.txt", "few-shot 3", "few-shot 2 nearest", "prompt prompt.txt, few-shot 2", "rag 1", "tuned"] as Set
assert summary.metrics.tuned.retention > 0 && summary.metrics.tuned.retention <= 1
assert summary.metrics.tuned.perplexity >= 1 && summary.metrics.tuned.perplexity < summary.metrics.base.perplexity
assert summary.metrics.tuned["answer-tokens"] >= 1 && summary.metrics.tuned.latency > 0
assert summary.metrics.tuned["json-valid"] == 0
def scores = new JsonSlurper().parse(new File(basedir, "target/ft/evaluation/scores.json"))
assert scores.sets*.name == ["test", "retention", "suite"]
assert scores.sets[2].providers*.provider as Set == ["base", "tuned"] as Set
assert scores.sets[2].providers[0].items.size() == 12
return true
