def log = new File(basedir, "build.log").text
assert log =~ /\[WARNING\] perplexity is 1\.\d+, above the maximum 0\.50\./
assert log =~ /\[WARNING\] accuracy is 1\.0000, at least the minimum 0\.90\. That may be chance \(p = 0\.28, 0\.28 by Holm's correction\): 12 items/ ||
        log =~ /\[WARNING\] accuracy is 1\.0000, at least the minimum 0\.90\. That may be chance \(p = 0\.28\): 12 items/
assert log =~ /accuracy \[half=first\] +1\.0000 +(≥|>=) 0\.90 .* PASS/
assert log =~ /INCONCLUSIVE/

def summary = new groovy.json.JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.formatVersion == 3
assert !summary.training.skipped && !summary.evaluation.skipped
def scores = new File(basedir, "target/ft/evaluation/scores.json").bytes
assert summary.evaluation.scores == java.security.MessageDigest.getInstance("SHA-256").digest(scores).encodeHex().toString()
assert summary.verdict == "PASS"
assert summary.rules*.verdict == ["PASS", "PASS", "PASS", "PASS", "FAIL", "INCONCLUSIVE"]
assert summary.rules.every { !it.failsBuild }
assert summary.rules[1].where == [half: "first"] && summary.rules[1].items == 6
assert summary.rules[2].against == "base"
assert summary.rules[3].value > 0 && summary.rules[3].adjustedP <= 0.05
def report = new File(basedir, "target/ft/evaluation/report.html").getText("UTF-8")
assert report.contains('<p class="verdict passes">PASS: 4 of 6 acceptance rules met, 2 warned.</p>')
assert report.findAll(/<td class="verdict (\w+)">(\w+)</) { all, colour, verdict -> colour + " " + verdict } ==
        ["passes PASS"] * 4 + ["warns FAIL", "warns INCONCLUSIVE"]
return true
