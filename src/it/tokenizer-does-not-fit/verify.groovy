def log = new File(basedir, "build.log").text
def reason = '''src/main/ft/model/tokenizer.json: the tokenizer has ids up to 284, but the model's embedding has 200 rows: the tokenizer and the weights belong to different models. -> [Help 1]'''
assert log.contains("on project tokenizer-does-not-fit: " + reason)
assert log.count(reason) == 2
assert log.contains("MojoFailureException")
