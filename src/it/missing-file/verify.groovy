def log = new File(basedir, "build.log").text
assert log.contains('''on project missing-file: dataset.train: src/main/ft/data/trian.jsonl: no such file. Did you mean 'train.jsonl'? -> [Help 1]''')
assert log.contains("MojoFailureException")
