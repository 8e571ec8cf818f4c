import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def weights = { new File(basedir, "target/$it/train/adapter/adapter_model.safetensors").bytes }
assert weights("again") == weights("ft")

new ZipFile(new File(basedir, "target/bfloat16-1.0.jar")).withCloseable { zip ->
    def text = { zip.getInputStream(zip.getEntry("META-INF/lora/it/bfloat16/" + it)).getText("UTF-8") }
    assert new JsonSlurper().parseText(text("provenance.json")).training.precision == "bfloat16"
    assert text("README.md").contains("| precision | bfloat16 |")
}
// It was measured as it was trained, and is as good as in float32.
def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.verdict == "PASS"
assert summary.metrics.tuned.accuracy >= 0.9

// What begins in one precision does not go on in another.
assert log =~ /adapter\.startFrom \(mvn:it:bfloat16:1\.0\): was trained in bfloat16, but this training computes in float32\./
return true
