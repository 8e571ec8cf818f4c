def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
def left = "Cache is explicitly disabled on project level for it:adapter"
def restored = "Skipping plugin execution (cached): jar:jar"
def goals = ["validate", "dataset", "train", "package", "evaluate", "check"]

// The goals judge in every build; what depends on the adapter is restored while that is the same.
builds[0..2].each { build ->
    assert build.contains(left)
    goals.each { assert build.contains(":$it (default-$it) @ adapter") }
}
assert !builds[0].contains(restored)
assert builds[1].contains("Scores are up to date: nothing changed since they were measured.")
assert builds[1].contains(restored)

// Data outside of the module changed: neither is as before.
assert !builds[2].contains("Scores are up to date")
assert !builds[2].contains(restored)

// Even a skipped goal would be taken for run by the next build.
assert builds[3].contains("The Maven Build Cache extension would restore this module though its spec or its data changed:" +
    " it does not know them. Write <extensions>true</extensions> into the <plugin> of ft-maven-plugin in pom.xml, which keeps it" +
    " from that, or <maven.build.cache.enabled>false</maven.build.cache.enabled> into the <properties>.")
return true
