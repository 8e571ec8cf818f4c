def log = new File(basedir, "build.log").text
assert log.contains('''on project other-family: src/main/ft/model/config.json: model_type is "gpt2", but supported values are: gemma, gemma2, gemma3, gemma3_text, llama, mistral, phi3, qwen2, qwen3. -> [Help 1]''')
assert log.contains("MojoFailureException")
