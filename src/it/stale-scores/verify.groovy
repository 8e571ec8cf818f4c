import java.util.zip.ZipFile

def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
assert builds.length == 12
assert builds[1].contains("The scores were measured before this changed: evaluation.maxNewTokens absent -> 3. Run ft:evaluate again.")
assert builds[2].contains("target/stale-scores-1.0.jar was packaged with another src/main/ft/other-rule.yaml than the one whose rules apply. Run ft:package again.")
// Another rule measures nothing anew.
assert builds[3].contains("Packaged the adapter")
assert builds[3].contains("Scores are up to date: nothing changed since they were measured.")
assert builds[4].contains("Artifact is up to date")
assert builds[4].contains("[WARNING] ft:check is skipped: ft.check.skip is true. This build has no verdict, and the adapter is not sealed.")
assert builds[5].contains("acceptance[0], over: released, is not applied: ft.baseline is none.")
assert builds[5].contains("[WARNING] NOT JUDGED: The only acceptance rule was not applied: any quality is accepted.")
assert builds[6].contains("NOT JUDGED: The only acceptance rule was not applied: any quality is accepted. Write a rule that" +
    " can fail the build under acceptance, or set ft.check.onNotJudged to warn.")
assert builds[7].contains("Rules over: released are left out: ft.baseline is none. This goal does not have the same setting. Run ft:evaluate again.")
assert builds[8].contains("The dataset was read before this changed: dataset.test")
assert builds[9].contains("The adapter was trained before this changed: training.epochs 1.0 -> 2.0. Run ft:train again.")
[1, 2, 6, 7, 8, 9].each { assert builds[it].contains("MojoFailureException") }

// The eleventh passed; the twelfth did nothing, and leaves nothing of that.
assert builds[10] =~ /accuracy over base .* PASS/
assert builds[11].contains("ft:package is skipped: ft.skip is true.")
new ZipFile(new File(basedir, "target/stale-scores-1.0.jar")).withCloseable { zip ->
    assert !zip.entries().any { it.name.contains("/evaluation/") }
    assert !zip.getInputStream(zip.getEntry("META-INF/lora/it/stale-scores/README.md")).text.contains("ft:check -->")
}
["summary.json", "evaluation/report.html", "evaluation/report.md"].each { assert !new File(basedir, "target/ft/" + it).exists() }
assert new File(basedir, "unsealed.txt").text == "falsefalse"
return true
