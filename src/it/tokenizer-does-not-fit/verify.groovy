def log = new File(basedir, "build.log").text
assert log.contains('''on project tokenizer-does-not-fit: src/main/ft/model/tokenizer.json: has ids up to 284, but the model's embedding has 200 rows: tokenizer and weights are not of the same model. -> [Help 1]''')
assert log.contains("MojoFailureException")
