def spec = new File(ft, "fine-tune.yaml").text.replace("epochs: 60", "epochs: 1").replaceAll(/(?s)acceptance:.*/, "")
def write = { String name, String more -> new File(ft, name).text = spec + more }
write("fine-tune.yaml", "acceptance: [{metric: accuracy, over: base, maximumDrop: 0.99}]\n")
write("other-question.yaml", "evaluation: {maxNewTokens: 3}\nacceptance: [{metric: accuracy, minimum: 0}]\n")
write("other-rule.yaml", "acceptance: [{metric: macro-f1, over: base, maximumDrop: 0.99}]\n")
new File(ft, "data/other-test.jsonl").text = new File(ft, "data/test.jsonl").readLines().drop(1).join("\n") + "\n"
new File(ft, "other-data.yaml").text = new File(ft, "fine-tune.yaml").text.replace("test: data/test.jsonl", "test: data/other-test.jsonl")
new File(ft, "other-training.yaml").text = new File(ft, "fine-tune.yaml").text.replace("epochs: 1", "epochs: 2")
write("released.yaml", "acceptance: [{metric: accuracy, over: released, maximumDrop: 0}]\n")

// Whether the jar of the fifth build, which gave no verdict, bears that of the fourth, or its summary is there.
Thread.startDaemon("look at the jar") {
    def log = new File(basedir, "build.log")
    while (!log.exists() || log.text.count("BUILD ") < 5) {
        sleep(20)
    }
    new java.util.zip.ZipFile(new File(basedir, "target/stale-scores-1.0.jar")).withCloseable { zip ->
        new File(basedir, "unsealed.txt").text = "" + zip.entries().any { it.name.contains("/evaluation/") } +
            new File(basedir, "target/ft/summary.json").exists()
    }
}
return true
