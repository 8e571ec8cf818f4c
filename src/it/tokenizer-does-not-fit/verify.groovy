def log = new File(basedir, "build.log").text
def reason = '''src/main/ft/model/tokenizer.json: has ids up to 284, but the model's embedding has 200 rows: tokenizer and weights are not of the same model. -> [Help 1]'''
assert log.contains("on project tokenizer-does-not-fit: " + reason)
assert log.count(reason) == 2
assert log.contains("MojoFailureException")
