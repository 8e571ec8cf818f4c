def log = new File(basedir, "build.log").text
assert log.count("from LLaMA-Factory into src/main/ft/imported.yaml; 2 keys without a counterpart are listed at its end.") == 2
assert log.contains("src/main/ft/imported.yaml: the spec exists. Set -Dft.overwrite to replace it, or -Dft.spec to another" +
    " file.")
assert log.contains("dpo.yml:4:1: rl: dpo is another kind of training, but only supervised fine-tuning on answers can be" +
    " imported. Import the configuration of that stage instead.")
assert log.contains("The parameters 'from' for goal")
assert !new File(basedir, "src/main/ft/other.yaml").exists()

def spec = new File(basedir, "src/main/ft/imported.yaml").getText("UTF-8")
assert spec.startsWith("# Imported from llama-factory.yaml (LLaMA-Factory). Paths are relative to this file now.\n")
assert spec.contains("  targets: [q_proj, v_proj]\n")
assert spec.contains("#   hub_token: [not copied] (nothing is pushed to a hub; mvn deploy publishes the adapter)\n")
basedir.eachFileRecurse(groovy.io.FileType.FILES) {
    assert !it.getText("ISO-8859-1").contains("notForSpecs") || it.name in ["llama-factory.yaml", "verify.groovy"]
}
return true
