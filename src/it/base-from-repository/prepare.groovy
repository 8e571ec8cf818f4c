import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import java.security.MessageDigest

def directory = new File(basedir, "models/com/acme/tiny/1.0")
directory.mkdirs()
def zip = new File(directory, "tiny-1.0.zip")
new ZipOutputStream(new FileOutputStream(zip)).withCloseable { out ->
    new File(ft, "model").eachFile {
        out.putNextEntry(new ZipEntry("tiny/" + it.name))
        out.write(it.bytes)
    }
}
new File(directory, "tiny-1.0.zip.sha1").text =
    MessageDigest.getInstance("SHA-1").digest(zip.bytes).encodeHex().toString()
new File(ft, "model").deleteDir()
// What an earlier run of this test left.
new File(basedir, "../../it-repo/com/acme").deleteDir()
def spec = new File(ft, "fine-tune.yaml").text
new File(ft, "missing.yaml").text = spec.replace("acme:tiny", "acme:none")
return true
