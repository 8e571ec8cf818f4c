def log = { new File(basedir, it).text }
for (int i = 0; i < 600 && !["same-project.log", "same-result.log"].every { log(it).contains("BUILD ") }; i++) {
    sleep(100)
}
["build.log", "same-project.log", "same-result.log"].each { assert log(it).contains("BUILD SUCCESS") }
// Whichever was there first packaged it.
assert ["build.log", "same-project.log"].any { log(it).contains("Packaged the adapter") }

assert log("same-project.log") =~ /ft:dataset waits for process \d+, another build of this project\./
assert log("same-project.log").contains("Adapter is up to date")
assert log("same-result.log") =~ /Training: process \d+ is computing the same result\. Waiting for it\./
assert log("same-result.log") =~ /Training: reusing the cached result .* from this machine/

def weights = { new File(basedir, "target/$it/train/adapter/adapter_model.safetensors").bytes }
assert weights("elsewhere") == weights("ft")
assert new File(basedir, "cache/leases").list() as List == [".guard"]
return true
