def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 5

def url = "file://" + basedir.path.replace("\\", "/") + "/repository"
assert builds[0].contains(" to $url.")
assert !builds[0].contains("reusing the cached result")
assert builds[1] =~ /Training: reusing the cached result [0-9a-f]{12} from \Q$url\E \(computed .*\)\./
// What was taken is neither trained nor shared again.
assert !builds[1].contains("uploaded its result")
assert !new File(basedir, "target/b/logs/train.log").exists()

assert builds[2] =~ /WARNING\] Training: could not check \Q$url\E for its result, so it is computed here: .*Checksum validation failed/
assert builds[3] =~ /WARNING\] Training: could not check http:\/\/localhost:1\/repository for its result, so it is computed here: .*/
assert builds[3] =~ /WARNING\] Training: could not upload its result [0-9a-f]{12}: .*/
assert builds[3].contains("BUILD SUCCESS")
assert builds[4].contains("-Dft.cacheRepository: results: not a repository. Write its URL, or ID::URL for the credentials of a server in your settings.")
assert builds[4].contains("MojoFailureException")

def weights = { new File(basedir, "target/$it/train/adapter/adapter_model.safetensors").bytes }
["b", "c", "d"].each { assert weights(it) == weights("a") }

// Beside the project's own releases, which are looked through for the last one.
assert new File(basedir, "repository/it").list() as List == ["cache-repository-ft-cache"]
["a", "b", "c", "d"].each { machine ->
    assert !new File(basedir, "machines/$machine").list().any { it.startsWith(".shared") }
}
return true
