def log = new File(basedir, "build.log").text
assert log.contains('''on project unknown-key: src/main/ft/fine-tune.yaml:11:3: unknown key 'learning_rate' in training; did you mean 'learningRate'? -> [Help 1]''')
assert log.contains("MojoFailureException")
