def log = new File(basedir, "build.log").text
assert log.contains('''on project empty-dataset: src/main/ft/data/train.jsonl: holds no example. -> [Help 1]''')
assert log.contains("MojoFailureException")
