import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def notYet = log.indexOf("Base model: mvn:com.acme:tiny:1.0:zip, which is not downloaded yet.")
def known = log.indexOf("Base model: mvn:com.acme:tiny:1.0:zip, 2 layers of width", notYet)
assert notYet >= 0
assert log.contains("Available offline: the base, mvn:com.acme:tiny:1.0:zip.")
assert log =~ /Available offline: \d\d libraries of the worker, for \S+\./
assert known > notYet
assert log.contains("base.model: ") && log.contains("com.acme:none:zip:1.0")
assert log.contains("base.model: mvn:com.acme:tiny:1.1-SNAPSHOT: a snapshot can change, and this build makes the release 1.0")
assert !new File(basedir, "cache").exists()

new ZipFile(new File(basedir, "target/base-from-repository-1.0.jar")).withCloseable { zip ->
    def directory = "META-INF/lora/it/base-from-repository/"
    def json = { new JsonSlurper().parse(zip.getInputStream(zip.getEntry(directory + it))) }
    assert json("adapter_config.json").base_model_name_or_path == "mvn:com.acme:tiny:1.0:zip"
    assert json("provenance.json").base.model == "mvn:com.acme:tiny:1.0:zip"
    zip.entries().each { assert !zip.getInputStream(it).getText("ISO-8859-1").contains(basedir.path) }
}
return true
