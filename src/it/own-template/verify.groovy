// The model's own template writes an empty block before every answer, but not at the end of its prompts.
import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "PASS"
assert summary.metrics.tuned.accuracy >= 0.9

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 2
assert builds[1].contains("Dataset is up to date: nothing changed since it was read.")
// What is unusual is said in every build, and to who reads the report.
builds.each {
    assert it.contains('The model\'s chat template writes "<think>\\n\\n</think>\\n\\n" before every answer, but not at the end of its'
        + ' prompts. It becomes part of the prompt.')
}
def report = new File(basedir, "target/ft/evaluation/report.html").getText("UTF-8")
assert report.contains("<h2>About the dataset</h2>") && report.contains("before every answer, but not at the end")

// Whoever serves the adapter asks as it was trained.
new ZipFile(new File(basedir, "target/own-template-1.0.jar")).withCloseable { zip ->
    def entry = zip.getEntry("META-INF/lora/it/own-template/chat_template.jinja")
    def served = zip.getInputStream(entry).getText("UTF-8")
    assert served.startsWith(new File(basedir, "src/main/ft/model/chat_template.jinja").text.trim())
    assert served.endsWith("{{ '<think>\\n\\n</think>\\n\\n' if add_generation_prompt else '' }}")
}
