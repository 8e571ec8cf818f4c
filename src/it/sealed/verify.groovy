import groovy.json.JsonSlurper
import java.security.MessageDigest
import java.util.zip.ZipFile

def here = new File(basedir, "target/sealed-1.0.jar")
def there = new File(basedir, "elsewhere/deeper/target/sealed-1.0.jar")
def sha256 = { byte[] bytes -> MessageDigest.getInstance("SHA-256").digest(bytes).encodeHex().toString() }
println "sha256 " + sha256(here.bytes) + " and " + sha256(there.bytes)
assert sha256(here.bytes) == sha256(there.bytes)

new ZipFile(here).withCloseable { zip ->
    def directory = "META-INF/lora/it/sealed/"
    assert zip.entries().collect { it.name } == ["META-INF/MANIFEST.MF"] + [
        "README.md", "adapter_config.json", "adapter_model.safetensors", "bom.json", "chat_template.jinja", "dataset.json",
        "evaluation/scores.json", "evaluation/seal.json", "evaluation/summary.json", "examples.bin", "fine-tune.yaml",
        "fingerprint.json", "generation_config.json", "provenance.json"
    ].collect { directory + it }
    def bytes = { zip.getInputStream(zip.getEntry(directory + it)).bytes }
    def json = { new JsonSlurper().parse(bytes(it)) }
    def scores = json("evaluation/scores.json")
    def tuned = scores.sets[0].providers.find { it.provider == "tuned" }
    assert tuned.items.size() == 12
    assert tuned.metrics.keySet() == ["accuracy", "macro-f1"] as Set
    assert json("evaluation/summary.json").verdict == "PASS"
    def seal = json("evaluation/seal.json")
    def trained = ["adapter_config.json", "adapter_model.safetensors", "chat_template.jinja", "generation_config.json"]
        .collect { sha256(bytes(it)) + "  $it\n" }.join()
    assert scores.artifactDigest == sha256(trained.getBytes("UTF-8"))
    assert seal.adapter != scores.artifactDigest
    assert seal.formatVersion == 3
    assert seal.coordinates == "it:sealed:1.0"
    assert seal.verdict == "PASS"
    seal.files.each { name, digest -> assert sha256(bytes(name)) == digest }
    assert new String(bytes("README.md"), "UTF-8").contains("## Evaluation")
    zip.entries().each { assert !zip.getInputStream(it).getText("ISO-8859-1").contains(basedir.path) }
}

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds[2].contains("Artifact is up to date: nothing changed since it was packaged.")
assert builds[2].contains("Scores are up to date: nothing changed since they were measured.")
assert !builds[1].contains("are up to date")
