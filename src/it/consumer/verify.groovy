import java.util.zip.ZipFile

// The consumer's own tests have asked the adapter on their class path.
def report = new File(basedir, "consumer/target/surefire-reports/it.ConsumerTest.txt").text
assert report.contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0")

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 2
builds.each { assert it.contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0") }
assert !builds[0].contains("Packaged the adapter")

// What the jar holds, without what sealing adds to it.
def directory = "META-INF/lora/it/adapter/"
def loose = new File(basedir, "adapter/target/classes/$directory")
new ZipFile(new File(basedir, "adapter/target/adapter-1.0.jar")).withCloseable { zip ->
    def packaged = zip.entries().collect { it.name }.findAll { it.startsWith(directory) && !it.contains("/evaluation/") }
    assert packaged.collect { it - directory }.sort() == (loose.list() as List).sort()
    packaged.findAll { !it.endsWith("README.md") }.each {
        assert zip.getInputStream(zip.getEntry(it)).bytes == new File(loose, it - directory).bytes
    }
}
return true
