import groovy.json.JsonSlurper
import java.security.MessageDigest
import java.util.zip.ZipFile

def commit = "7ae557604adf67be50417f59c2c2f167def9a775"
def train = "hf:datasets/acme/colors@" + commit + ":data/train.parquet"
def validation = "mvn:com.acme:colors:1.0:jsonl:validation"
def test = "mvn:com.acme:colors:1.0!data/test.jsonl"
def log = new File(basedir, "build.log").text
assert log.contains("Data that may have to be downloaded: " + [train, validation, test].join(", ") + ".")
assert log.contains("Available offline: 3 files of the dataset, from " + [train, validation, test].join(", ") + ".")
assert log.contains("train: 18 examples")
assert log.contains("src/main/ft/malformed.yaml:5:10: dataset.train: hf:datasets/acme/colors@" + commit + ": not a file of a" +
    " dataset on a hub. Write hf:datasets/ORGANIZATION/NAME@REVISION:FILE")
assert log.contains("src/main/ft/malformed.yaml:8:7: dataset.test[0]: mvn:com.acme:colors:1.0!../test.jsonl: not a file of an artifact.")
assert log.contains("dataset.train[0]: hf:datasets/acme/others@" + commit + ": the dataset is not in ")
assert log.contains("dataset.validation[0]: mvn:com.acme:colors:1.1-SNAPSHOT: a snapshot can change, and this build makes the release 1.0")
assert log.contains(train + ":1: labels is missing; found only prompt, label. Did you mean 'label'?")

def source = { name ->
    new File(basedir, "target/ft/dataset/" + name).readLines().collect { new JsonSlurper().parseText(it) }
}
def first = source("train.jsonl")[0]
assert first.source == train + ":1"
assert first.messages*.content == ["red 0", "warm"]
assert source("validation.jsonl")*.source == [validation + ":1", validation + ":2"]
assert source("test.jsonl")*.source == [test + ":1", test + ":2"]

def sha256 = { new File(basedir, it).bytes.with { MessageDigest.getInstance("SHA-256").digest(it).encodeHex().toString() } }
def parquet = sha256("hf-home/hub/datasets--acme--colors/snapshots/" + commit + "/data/train.parquet")
new ZipFile(new File(basedir, "target/dataset-sources-1.0.jar")).withCloseable { zip ->
    def text = { zip.getInputStream(zip.getEntry("META-INF/lora/it/dataset-sources/" + it)).getText("UTF-8") }
    def sources = new JsonSlurper().parseText(text("provenance.json")).sources
    assert sources.keySet() == [train, validation, test] as Set
    assert sources[train] == parquet
    assert sources[validation] == sha256("data/com/acme/colors/1.0/colors-1.0-validation.jsonl")
    assert text("README.md").contains("| `" + train + "` | " + parquet + " |\n")
    zip.entries().each { assert !zip.getInputStream(it).getText("ISO-8859-1").contains(basedir.path) }
}
return true
