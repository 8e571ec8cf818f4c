def log = new File(basedir, "build.log").text
assert log.contains('''on project malformed-json: src/main/ft/data/train.jsonl:3:32: not valid JSON: it ends too early. Each line must be one JSON object. -> [Help 1]''')
assert log.contains("MojoFailureException")
