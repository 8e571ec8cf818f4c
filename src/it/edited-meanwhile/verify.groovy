def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 2
assert builds[0].contains("src/main/ft/prompt.txt changed while ft:evaluate ran. Build again.")
assert builds[0].contains("MojoFailureException")
// The result of neither is not believed.
assert !builds[1].contains("Scores are up to date")
assert builds[1].contains("Evaluating prompt prompt.txt 12/12")
assert builds[1].contains("BUILD SUCCESS")
return true
