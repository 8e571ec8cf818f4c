import java.util.zip.ZipFile

def repository = new File(localRepositoryPath, "it/jar-module/1.0")
new ZipFile(new File(repository, "jar-module-1.0.jar")).withCloseable {
    assert it.getEntry("it/Service.class")
    assert !it.stream().anyMatch { entry -> entry.name.startsWith("META-INF/lora") }
}
new ZipFile(new File(repository, "jar-module-1.0-lora.jar")).withCloseable {
    assert !it.getEntry("it/Service.class")
    assert it.getEntry("META-INF/lora/it/jar-module/lora/adapter_config.json")
    assert it.getEntry("META-INF/lora/it/jar-module/lora/evaluation/seal.json")
}
// On one class path they do not hide each other.
new ZipFile(new File(repository, "jar-module-1.0-small.jar")).withCloseable {
    assert it.getInputStream(it.getEntry("META-INF/lora/it/jar-module/small/adapter_config.json")).text.contains('"r": 4')
    assert it.getEntry("META-INF/lora/it/jar-module/small/evaluation/seal.json")
}
assert !new File(basedir, "target/classes/META-INF/lora").exists()

// A jar module trains after its tests, which come back fast.
def log = new File(basedir, "build.log").text
assert log.indexOf("maven-surefire-plugin") < log.indexOf(":train (")

// Deployed as what it is, with its checksums.
def released = new File(basedir, "releases/it/jar-module/1.0")
["jar-module-1.0.jar", "jar-module-1.0-lora.jar", "jar-module-1.0-small.jar", "jar-module-1.0.pom"].each {
    assert new File(released, it).file
    assert new File(released, it + ".sha1").file
}
assert new File(released, "jar-module-1.0-lora.jar").bytes == new File(repository, "jar-module-1.0-lora.jar").bytes
return true
