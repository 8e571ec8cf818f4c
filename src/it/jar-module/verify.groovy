import java.util.zip.ZipFile

def repository = new File(localRepositoryPath, "it/jar-module/1.0")
new ZipFile(new File(repository, "jar-module-1.0.jar")).withCloseable {
    assert it.getEntry("it/Service.class")
    assert !it.getEntry("META-INF/lora/it/jar-module/adapter_config.json")
}
new ZipFile(new File(repository, "jar-module-1.0-lora.jar")).withCloseable {
    assert !it.getEntry("it/Service.class")
    assert it.getEntry("META-INF/lora/it/jar-module/adapter_config.json")
}

// A jar module trains after its tests, which come back fast.
def log = new File(basedir, "build.log").text
assert log.indexOf("maven-surefire-plugin") < log.indexOf(":train (")

// Deployed as what it is, with its checksums.
def released = new File(basedir, "releases/it/jar-module/1.0")
["jar-module-1.0.jar", "jar-module-1.0-lora.jar", "jar-module-1.0.pom"].each {
    assert new File(released, it).file
    assert new File(released, it + ".sha1").file
}
assert new File(released, "jar-module-1.0-lora.jar").bytes == new File(repository, "jar-module-1.0-lora.jar").bytes
return true
