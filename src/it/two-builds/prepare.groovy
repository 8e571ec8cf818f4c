// While the first build trains, starts another one of the same project, and one that leaves the same elsewhere.

ownCache("cache")

// Longer than Maven takes to start.
def spec = new File(ft, "fine-tune.yaml")
spec.text = spec.text.replace("epochs: 60", "epochs: 500")

def local = System.getProperty("maven.repo.local") ?: System.getProperty("user.home") + "/.m2/repository"
def settings = new File(basedir, "settings.xml")
settings.text = new File(basedir, "../../../../src/it/settings.xml").text.replace("@localRepositoryUrl@", new File(local).toURI().toString())
def start = { String log, String output ->
    def maven = new File(System.getProperty("maven.home"), "bin/mvn").path
    new ProcessBuilder(maven, "-B", "-s", settings.path, "-Dmaven.repo.local=" + new File(basedir, "../../it-repo").canonicalPath,
            "-Dft.cacheDirectory=cache", "-Dft.cacheSize=1000", "-Dft.outputDirectory=" + output, "verify")
        .directory(basedir)
        .redirectErrorStream(true)
        .redirectOutput(new File(basedir, log))
        .start()
}
Thread.startDaemon("other builds") {
    def journal = new File(basedir, "target/ft/logs/train.events.jsonl")
    while (!journal.exists() || !journal.text.contains('"progress"')) {
        sleep(10)
    }
    start("same-project.log", "target/ft")
    start("same-result.log", "target/elsewhere")
}
return true
