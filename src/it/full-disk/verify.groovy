def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 3

assert builds[0] =~ /ft:train failed: cannot write target\/ft\/train\/\S+: File too large\. Its log is target\/ft\/logs\/train\.log\./
assert builds[0].contains("MojoExecutionException")

assert builds[1] =~ /WARNING\] Training: could not cache its result [0-9a-f]{12}: .*File too large/
assert builds[1] =~ /ft:train could not read or write a file: cannot write \S+\/target\/classes\/META-INF\/lora\/\S+: File too large/
assert !builds[1].contains("Packaged the adapter")

// What was trained was not in vain; nothing is left half-written.
assert builds[2].contains("Adapter is up to date")
assert builds[2].contains("Packaged the adapter: target/full-disk-1.0.jar")
def leftOver = []
[new File(basedir, "target"), new File(basedir, "cache/results")].each { it.eachFileRecurse { file ->
    if (file.name.startsWith(".") || file.name.endsWith(".tmp")) {
        leftOver << file
    }
} }
assert leftOver.isEmpty()
return true
