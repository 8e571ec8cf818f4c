// Machines with a cache each.
["a", "b", "c", "d", "e"].each { ownCache("machines/$it") }
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
