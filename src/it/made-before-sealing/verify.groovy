import java.security.MessageDigest
import java.util.zip.ZipFile

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
def sentence = { file, what ->
    "target/$file $what target/made-before-sealing-1.0-lora.jar, made before ft:check seals it. Let checksum-maven-plugin run" +
        " after ft:check: bind it to a later phase, or bind ft:evaluate and ft:check to the phase package. Within a phase Maven" +
        " runs plugins in the order of the pom, inherited ones first (docs/released.md)."
}
// The plugin's summary, and a file for each algorithm.
assert builds[0].contains(sentence("artifacts-checksums.csv", "holds a checksum of"))
assert builds[0].contains(sentence("made-before-sealing-1.0-lora.jar.sha1", "holds a checksum of"))
assert !builds[0].contains("made-before-sealing.pom")

// The same files again, now of the sealed jar, which is the one that was installed.
assert builds[1].contains("BUILD SUCCESS")
def csv = builds[1].contains("PASS")
assert csv

assert builds[2].contains("Nothing in this build judges the adapter: maven-install-plugin:install takes a jar that is not" +
    " sealed, since ft:check is not run. Run mvn verify, install or deploy.")
assert builds[2].contains("BUILD SUCCESS")

assert builds[3].contains("maven-install-plugin:install runs before ft:check: it would publish the jar before that is judged" +
    " and sealed. Bind ft:check to the phase verify.")
return true
