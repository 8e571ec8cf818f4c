def builds = new File(basedir, "build.log").text.split(/Scanning for projects/).drop(1)
def empty = { 'on project empty-dataset: src/main/ft/data/' + it + ': contains no examples. -> [Help 1]' }
assert builds[0].contains(empty("train.jsonl"))
assert builds[1].contains(empty("empty.jsonl"))
builds.each { assert it.contains("MojoFailureException") }
return true
