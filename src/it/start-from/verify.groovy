import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
assert log.contains("starting from mvn:it:start-from:1.0")
assert log.contains("both.yaml:") && log.contains("startFrom")

def training = { new JsonSlurper().parse(new File(basedir, "target/" + it + "/train/training.json")) }
def losses = { new File(basedir, "target/" + it + "/train/log.jsonl").readLines().collect { new JsonSlurper().parseText(it) } }
// It begins where the other ended.
assert losses("second").first().loss < losses("ft").first().loss
def config = new JsonSlurper().parse(new File(basedir, "target/second/train/adapter/adapter_config.json"))
assert config.r == 16
def card = new ZipFile(new File(basedir, "target/start-from-1.0.jar")).withCloseable {
    it.getInputStream(it.getEntry("META-INF/lora/it/start-from/README.md")).getText("UTF-8")
}
assert card.contains("mvn:it:start-from:1.0")
assert card.toLowerCase().contains("nf4")
return true
