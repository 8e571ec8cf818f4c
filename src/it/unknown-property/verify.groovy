def log = new File(basedir, "build.log").text
assert log.contains('''on project unknown-property: -Dft.devise: there is no such property of this plugin. Did you mean 'ft.device'? mvn ft:help -Ddetail lists them. -> [Help 1]''')
assert log.contains("MojoFailureException")
