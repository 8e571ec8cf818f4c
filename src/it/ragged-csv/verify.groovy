def log = new File(basedir, "build.log").text
assert log.contains('''on project ragged-csv: src/main/ft/data/train.csv:3: has 3 fields, but the header has 2. Put a field with a comma in quotes. -> [Help 1]''')
assert log.contains("MojoFailureException")
