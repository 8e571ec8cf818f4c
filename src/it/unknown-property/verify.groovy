def builds = new File(basedir, "build.log").text.replaceAll(/(?m)^\[ERROR\] /, "").split(/Scanning for projects/).drop(1)
assert builds[0].contains('''-Dft.cacheDirectory is empty. Set a value or remove it.
-Dft.devise: there is no such property of this plugin. Did you mean 'ft.device'? mvn ft:help -Ddetail lists them.
-Dft.train.skip is ture: write true or false.''')
assert builds[0].contains("MojoFailureException")
assert !new File(basedir, "leases").exists()

assert builds[1].contains('''on project unknown-property: -Dft.filterPatern: there is no such property of this plugin. Did you mean 'ft.filterPattern'?''')

assert builds[2].contains('''on project unknown-property: <treads> in the pom's configuration of ft-maven-plugin: no goal has such a parameter. Did you mean 'threads'? mvn ft:help -Ddetail lists them. -> [Help 1]''')
