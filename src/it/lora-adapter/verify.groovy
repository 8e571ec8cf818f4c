import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
assert log.contains("accuracy")
assert log.contains("PASS")

def installed = new File(localRepositoryPath, "it/lora-adapter/1.0/lora-adapter-1.0.jar")
assert installed.bytes == new File(basedir, "target/lora-adapter-1.0.jar").bytes
new ZipFile(installed).withCloseable { zip ->
    def directory = "META-INF/lora/it/lora-adapter/"
    assert zip.entries().collect { it.name } == ["META-INF/MANIFEST.MF"] + [
        "README.md", "adapter_config.json", "adapter_model.safetensors", "bom.json", "chat_template.jinja", "dataset.json",
        "evaluation/scores.json", "evaluation/seal.json", "evaluation/summary.json", "examples.bin", "fine-tune.yaml",
        "fingerprint.json", "generation_config.json", "provenance.json"
    ].collect { directory + it }
    def text = { zip.getInputStream(zip.getEntry(directory + it)).getText("UTF-8") }
    assert text("fine-tune.yaml") == new File(basedir, "src/main/ft/fine-tune.yaml").text
    def provenance = new JsonSlurper().parseText(text("provenance.json"))
    assert provenance.base.model == "model"
    assert provenance.base.weights["model.safetensors"].length() == 64
    assert provenance.training.seed == "42"
    assert provenance.training.device == "cpu"
    // Whoever makes it elsewhere gets the same bytes.
    zip.entries().each { assert !zip.getInputStream(it).getText("ISO-8859-1").contains(basedir.path) }
}

def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "PASS"
assert summary.metrics.tuned.accuracy >= 0.9
assert !summary.training.skipped
