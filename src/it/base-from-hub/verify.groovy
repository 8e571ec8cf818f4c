import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def commit = "7ae557604adf67be50417f59c2c2f167def9a775"
def log = new File(basedir, "build.log").text
assert log.contains("Base model: hf:acme/tiny@" + commit + ", 2 layers of width")
assert log.contains("base.model: hf:acme/tiny@main: the revision main can move, so the same spec could train on another" +
    " model tomorrow.")
assert log.contains("Base model: hf:acme/other@" + commit + ", which is not downloaded yet.")
assert log.contains("hf:acme/other@" + commit + ": the model is not in ")
assert log.contains("and the build is offline. Build once online.")

new ZipFile(new File(basedir, "target/base-from-hub-1.0.jar")).withCloseable { zip ->
    def text = { zip.getInputStream(zip.getEntry("META-INF/lora/it/base-from-hub/" + it)).getText("UTF-8") }
    def config = new JsonSlurper().parseText(text("adapter_config.json"))
    assert config.base_model_name_or_path == "acme/tiny"
    assert config.revision == commit
    def provenance = new JsonSlurper().parseText(text("provenance.json"))
    assert provenance.base.model == "acme/tiny"
    assert provenance.base.revision == commit
    assert provenance.base.weights["model.safetensors"].length() == 64
    assert text("README.md").startsWith("---\nbase_model: \"acme/tiny\"\n")
    assert text("README.md").contains("`acme/tiny` at revision `" + commit + "`")
    zip.entries().each { assert !zip.getInputStream(it).getText("ISO-8859-1").contains(basedir.path) }
}
// The token is nowhere.
basedir.eachFileRecurse(groovy.io.FileType.FILES) {
    assert !it.getText("ISO-8859-1").contains("hf_secretOfThisTest") || it.name in ["invoker.properties", "verify.groovy"]
}
return true
