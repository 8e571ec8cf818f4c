def log = new File(basedir, "build.log").text
assert log.contains('''on project test-rows-in-train: src/main/ft/data/test.jsonl:1 is src/main/ft/data/train.jsonl:7: the same prompt is in train and in test, so the score would measure memorization. Remove these rows from train, or set dataset.overlap: drop. -> [Help 1]''')
assert log.contains("MojoFailureException")
