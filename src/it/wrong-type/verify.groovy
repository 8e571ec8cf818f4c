def log = new File(basedir, "build.log").text
assert log.contains('''on project wrong-type: src/main/ft/fine-tune.yaml:10:11: training.epochs must be a number above 0, not 'many' -> [Help 1]''')
assert log.contains("MojoFailureException")
