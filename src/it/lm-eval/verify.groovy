import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
assert log.contains("warm/acc")
assert log.contains("echo/exact_match,word")
assert log.contains("Scores are up to date: nothing changed since they were measured.")
assert log.contains("tasks/wrong.yaml:14:18: task echo: process_results: !function utils.score is Python, which is not supported. Use the metrics of metric_list.")

def json = new JsonSlurper()
def evaluation = new File(basedir, "target/ft/evaluation")
def summary = json.parse(new File(basedir, "target/ft/summary.json"))
// Nothing is asked of it.
assert summary.verdict == "NOT JUDGED"
assert log.contains("[WARNING] NOT JUDGED: There are no acceptance rules: any quality is accepted.")
def report = { new File(evaluation, "report." + it).getText("UTF-8") }
assert report("html").contains('<p class="verdict warns">NOT JUDGED: There are no acceptance rules: any quality is accepted.</p>')
assert report("md").contains("**NOT JUDGED: There are no acceptance rules: any quality is accepted.**")
new ZipFile(new File(basedir, "target/lm-eval-1.0.jar")).withCloseable { zip ->
    def text = { zip.getInputStream(zip.getEntry("META-INF/lora/it/lm-eval/" + it)).getText("UTF-8") }
    assert json.parseText(text("evaluation/seal.json")).verdict == "NOT JUDGED"
    assert json.parseText(text("evaluation/summary.json")).verdict == "NOT JUDGED"
    assert text("README.md").contains("**NOT JUDGED**: There are no acceptance rules")
}
for (provider in ["tuned", "base"]) {
    def results = json.parse(new File(evaluation, "lm-eval/$provider/results.json"))
    assert results.results.warm["acc,none"] == summary.metrics[provider]["warm/acc"]
    assert results.results.echo["exact_match,word"] == summary.metrics[provider]["echo/exact_match,word"]
    assert results["n-samples"].warm == [original: 12, effective: 6]
    assert results["n-shot"] == [warm: 1, echo: 0]
    def samples = new File(evaluation, "lm-eval/$provider/samples_warm.jsonl").readLines().collect { json.parseText(it) }
    assert samples*.doc_id == [0, 1, 2, 3, 4, 5]
    assert samples[0].arguments.gen_args_1.arg_1 == " cold"
    assert samples[0].arguments.gen_args_0.arg_0.endsWith("\n\nred 3")
}
def sets = json.parse(new File(evaluation, "scores.json")).sets
assert sets*.name == ["test", "warm", "echo"]
return true
