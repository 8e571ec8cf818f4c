import java.util.zip.ZipFile

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 9
assert builds[1].contains("The scores were measured before this changed: evaluation.maxNewTokens absent -> 3. Run ft:evaluate again.")
assert builds[2].contains("target/stale-scores-1.0.jar was packaged with another src/main/ft/other-rule.yaml than the one whose rules apply. Run ft:package again.")
// Another rule measures nothing anew.
assert builds[3].contains("Packaged the adapter")
assert builds[3].contains("Scores are up to date: nothing changed since they were measured.")
assert builds[4].contains("Artifact is up to date")
assert builds[5].contains("acceptance[0], over: released, is not applied: ft.baseline is none.")
assert builds[6].contains("Rules over: released are left out: ft.baseline is none. This goal was told nothing of it. Run ft:evaluate again.")
assert builds[7].contains("The dataset was read before this changed: dataset.test")
assert builds[8].contains("The adapter was trained before this changed: training.epochs 1.0 -> 2.0. Run ft:train again.")
[1, 2, 6, 7, 8].each { assert builds[it].contains("MojoFailureException") }

// The sixth sealed it; the seventh, which failed, opened it.
new ZipFile(new File(basedir, "target/stale-scores-1.0.jar")).withCloseable { zip ->
    assert !zip.entries().any { it.name.contains("/evaluation/") }
}
assert new File(basedir, "unsealed.txt").text == "false"
return true
