import java.nio.file.Files

// Machines with a cache each; native libraries are not unpacked once more.
def djl = new File(System.getProperty("user.home"), ".m2/ft-cache/djl")
djl.mkdirs()
["a", "b", "c", "d", "e"].each {
    def machine = new File(basedir, "machines/$it")
    machine.mkdirs()
    Files.createSymbolicLink(new File(machine, "djl").toPath(), djl.toPath())
}
def spec = new File(ft, "fine-tune.yaml")
spec.text = spec.text.replace("epochs: 60", "epochs: 2")

Thread.startDaemon("corrupt the repository") {
    def log = new File(basedir, "build.log")
    while (!log.exists() || log.text.count("BUILD SUCCESS") < 2) {
        sleep(20)
    }
    new File(basedir, "repository").eachFileRecurse {
        if (it.name.endsWith(".zip")) {
            it.append("x")
        }
    }
}
return true
