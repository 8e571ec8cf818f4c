def spec = new File(ft, "fine-tune.yaml").text
new File(ft, "data/empty.jsonl").text = "\n"
new File(ft, "empty-test.yaml").text =
    spec.replace("train: data/train.jsonl", "train: data/test.jsonl").replace("test: data/test.jsonl", "test: data/empty.jsonl")
return true
