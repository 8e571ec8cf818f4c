def log = new File(basedir, "build.log").text
assert log.contains('''target/ft/evaluation/scores.json: no such file. Run ft:evaluate first, or the build from its beginning.''')
