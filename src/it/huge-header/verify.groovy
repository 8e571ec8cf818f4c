def log = new File(basedir, "build.log").text
assert log.contains('''on project huge-header: src/main/ft/model/model.safetensors: not a safetensors file: its header would be 1000000000000 bytes long. Is it a Git LFS pointer, or another format? -> [Help 1]''')
assert log.contains("MojoFailureException")
