def log = new File(basedir, "build.log").text
assert log.contains('''on project truncated-weights: src/main/ft/model/model.safetensors: truncated: tensor model.layers.0.mlp.down_proj.weight ends at byte 81104, the file has 78184. Download it again. -> [Help 1]''')
assert log.contains("MojoFailureException")
