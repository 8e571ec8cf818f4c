assert new File(basedir, "killed.txt").readLines() == ["0", "1", "2", "3", "4"]

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 7
[0, 1, 2, 4].each { assert !builds[it].contains("BUILD ") }
assert !builds[0].contains("Packaged the adapter")
assert !builds[1].contains("Packaged the adapter")
assert builds[1].contains("Training")
assert builds[2].contains("Adapter is up to date")
assert builds[2].contains("Packaged the adapter")
assert builds[3].contains("Artifact is up to date")
assert builds[3].contains("The worker of ft:evaluate was killed (signal 9)")
assert builds[3].contains("BUILD FAILURE")
assert builds[5].contains("Scores are up to date")
assert builds[5].contains("BUILD SUCCESS")

def target = new File(basedir, "target")
assert new File(target, "killed-builds-1.0.jar").bytes == new File(target, "undisturbed.jar").bytes
assert target.list().findAll { it.startsWith(".") }.isEmpty()
assert !new File(target, "ft/evaluation/unpacked").exists()
