def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
def sentence = { file ->
    "target/$file holds a checksum of target/made-before-sealing-1.0-lora.jar, made before ft:check seals it. Let the plugin" +
        " that did this run after ft:check: bind it to a later phase, or bind ft:evaluate and ft:check to the phase package." +
        " Within a phase Maven runs plugins in the order of the pom, inherited ones first (docs/released.md)."
}
assert builds[0].contains(sentence("checksums.csv"))
assert builds[0].contains(sentence("made-before-sealing-1.0-lora.jar.sha1"))

// What the first build left beside the jar does not count in the second one, which makes it anew.
assert builds[1].contains("BUILD SUCCESS")
assert builds[1].contains("PASS")

assert builds[2].contains("Nothing in this build judges the adapter: maven-install-plugin:install takes a jar that is not" +
    " sealed, because ft:check does not run. Run mvn verify, install or deploy.")
assert builds[2].contains("BUILD SUCCESS")

assert builds[3].contains("maven-install-plugin:install runs before ft:check, so it would publish the jar before it is judged" +
    " and sealed. Bind ft:check to the phase verify.")
return true
