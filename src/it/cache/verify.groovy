import java.util.zip.ZipFile

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 7

def taken = { String stage -> /INFO\] $stage: reusing the cached result [0-9a-f]{12} from this machine \(computed \d{4}-.*Z\)\./ }
def stages = ["Reading the dataset", "Training", "Evaluating"]
stages.each {
    assert !(builds[0] =~ taken(it))
    assert builds[1] =~ taken(it)
}
// Without a worker: the directory of its logs is not even made.
assert !new File(basedir, "target/clean/logs").exists()
assert builds[1].contains("BUILD SUCCESS")
assert builds[1] =~ /accuracy\s+over base/ || builds[1].contains("accuracy over base")

// What was packaged from what was taken is what was packaged from what was made.
assert builds[1].contains("Packaged the adapter") || builds[1].contains("Artifact is up to date")

assert builds[2] =~ /INFO\] Reading the dataset \[[0-9a-f]{12}] is up to date\./
assert builds[2] =~ /INFO\] Training \[[0-9a-f]{12}] is up to date\./
assert builds[2] =~ /INFO\] Packaging \[[0-9a-f]{12}] is up to date\./
assert builds[2] =~ /INFO\] Evaluating \[[0-9a-f]{12}] is up to date\./

// Another evaluation prompt never trains again.
assert builds[3].contains("Dataset is up to date: nothing changed since it was read.")
assert builds[3].contains("Adapter is up to date: nothing changed since it was trained (360 steps).")
assert builds[3].contains("other-prompt.txt (new)")

assert builds[4] =~ /INFO\] Reading the dataset \[[0-9a-f]{12}] is taken from the cache, computed .*\./
assert builds[4] =~ /INFO\] Training \[[0-9a-f]{12}] runs again\. Differences from the nearest cached result, .*:/
assert builds[4].contains("training.learningRate 0.01 -> 0.005")
assert builds[4].contains("Packaging runs again, after: Training.")
assert !new File(basedir, "target/empty").exists()

assert builds[5] =~ /WARNING\] Training: the cached result [0-9a-f]{12} is damaged \(train\/adapter\/adapter_model\.safetensors was modified\), so it is computed again\./
assert builds[5] =~ taken("Reading the dataset")
assert !(builds[5] =~ taken("Training"))
assert builds[6] =~ taken("Training")
def weights = { new File(basedir, "target/$it/train/adapter/adapter_model.safetensors").bytes }
assert weights("damaged") == weights("clean")
assert weights("healed") == weights("clean")

// Nothing is left half-written or leased.
assert new File(basedir, "cache/results").list().sort() == ["dataset", "evaluate", "train"]
new File(basedir, "cache/results").eachDir { stage -> stage.eachFile { assert it.name ==~ /[0-9a-f]{64}/ } }
assert new File(basedir, "cache/leases").list() as List == [".guard"]
