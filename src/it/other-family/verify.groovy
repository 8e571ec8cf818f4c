def log = new File(basedir, "build.log").text
assert log.contains('''on project other-family: src/main/ft/model/config.json: model_type is "gpt2", but supported is: llama. -> [Help 1]''')
assert log.contains("MojoFailureException")
