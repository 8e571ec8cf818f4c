import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

def commit = "7ae557604adf67be50417f59c2c2f167def9a775"
def hub = new File(basedir, "hf-home/hub/datasets--acme--colors")
def blobs = new File(hub, "blobs")
def snapshot = new File(hub, "snapshots/" + commit + "/data")
[blobs, snapshot]*.mkdirs()
def parquet = new File(basedir, "../../../../ft-parquet/src/test/resources/parquet/colors.parquet").bytes
def digest = MessageDigest.getInstance("SHA-256").digest(parquet).encodeHex().toString()
new File(blobs, digest).bytes = parquet
Files.createSymbolicLink(new File(snapshot, "train.parquet").toPath(), Path.of("../../../blobs/" + digest))

// What an earlier run of this test left.
new File(basedir, "../../it-repo/com/acme").deleteDir()
def directory = new File(basedir, "data/com/acme/colors/1.0")
directory.mkdirs()
new File(directory, "colors-1.0-validation.jsonl").text = '{"prompt": "red 7", "label": "warm"}\n{"prompt": "blue 7", "label": "cold"}\n'
new ZipOutputStream(new FileOutputStream(new File(directory, "colors-1.0.jar"))).withCloseable { out ->
    out.putNextEntry(new ZipEntry("data/test.jsonl"))
    out.write('{"prompt": "orange 8", "label": "warm"}\n{"prompt": "navy 8", "label": "cold"}\n'.bytes)
}
directory.eachFile {
    new File(directory, it.name + ".sha1").text = MessageDigest.getInstance("SHA-1").digest(it.bytes).encodeHex().toString()
}

def spec = new File(ft, "fine-tune.yaml").text
new File(ft, "malformed.yaml").text = spec.replace(":data/train.parquet", "").replace("!data/test", "!../test")
new File(ft, "elsewhere.yaml").text = spec.replace("acme/colors", "acme/others")
new File(ft, "unlabelled.yaml").text = spec.replace("completion: label", "completion: labels")
return true
