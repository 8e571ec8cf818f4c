// What an earlier run of this test left.
new File(basedir, "../../it-repo/it/released").deleteDir()
new File(basedir, "../../it-repo/.cache/ft-released/it/released").deleteDir()

def spec = new File(ft, "fine-tune.yaml").text
def questions = new File(ft, "data/test.jsonl").readLines()
new File(ft, "data/fewer.jsonl").text = questions.drop(2).join("\n") + "\n"
new File(ft, "other-questions.yaml").text = spec.replace("data/test.jsonl", "data/fewer.jsonl")
// Half of the answers are wrong, and it learns them for two epochs.
def wrong = { it.contains('"warm"') ? it.replace('"warm"', '"cold"') : it.replace('"cold"', '"warm"') }
def lines = new File(ft, "data/train.jsonl").readLines()
new File(ft, "data/mislabelled.jsonl").text =
    lines.withIndex().collect { line, i -> i % 2 == 0 ? wrong(line) : line }.join("\n") + "\n"
new File(ft, "regressed.yaml").text =
    spec.replace("data/train.jsonl", "data/mislabelled.jsonl").replace("epochs: 60", "epochs: 2")
return true
