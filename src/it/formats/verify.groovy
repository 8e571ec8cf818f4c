import groovy.json.JsonSlurper
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipFile

def sha256 = { File file -> MessageDigest.getInstance("SHA-256").digest(file.bytes).encodeHex().toString() }
def repository = new File(localRepositoryPath, "it/formats/1.0")
[".jar", "-merged.zip", "-lora.gguf", "-f16.gguf", "-q8_0.gguf"].each {
    def installed = new File(repository, "formats-1.0" + it)
    // Another directory, another time zone, other locales: the same bytes.
    def elsewhere = new File(basedir, "elsewhere/deeper/target/formats-1.0" + it)
    println it + " " + sha256(installed) + " " + sha256(elsewhere)
    assert sha256(installed) == sha256(elsewhere)
}
["evaluation/report.html", "evaluation/report.md", "evaluation/scores.json", "dataset/dataset.json"].each {
    assert new File(basedir, "target/ft/$it").bytes == new File(basedir, "elsewhere/deeper/target/ft/$it").bytes
}
def summary = {
    def json = new JsonSlurper().parse(new File(basedir, it + "target/ft/summary.json"))
    assert json.training.keySet().removeAll(["seconds", "tokensPerSecond", "peakMemoryBytes"])
    return json
}
assert summary("") == summary("elsewhere/deeper/")

["lora", "f16", "q8_0"].each {
    def bytes = new File(repository, "formats-1.0-" + it + ".gguf").bytes
    assert new String(bytes, 0, 4, "US-ASCII") == "GGUF" && bytes[4] == 3
    assert new String(bytes, "ISO-8859-1").contains(it == "lora" ? "adapter.lora.alpha" : "tokenizer.ggml.merges")
}

def text = { ZipFile zip, String name -> zip.getInputStream(zip.getEntry(name)).getText("UTF-8") }
new ZipFile(new File(repository, "formats-1.0-merged.zip")).withCloseable { zip ->
    assert zip.entries().collect { it.name } == [
        "Dockerfile", "README.md", "chat_template.jinja", "config.json", "generation_config.json", "model.safetensors",
        "tokenizer.json", "tokenizer_config.json"
    ].collect { "merged/" + it }
    zip.entries().each { assert it.method == ZipEntry.STORED }
    assert new JsonSlurper().parseText(text(zip, "merged/config.json")).dtype == "bfloat16"
    assert text(zip, "merged/Dockerfile").contains('ENTRYPOINT ["vllm", "serve", "/model", "--served-model-name", "formats", ')
    // Asked as it was trained, and stopped where: transformers and vLLM read the one, llama.cpp's converter the other.
    def template = text(zip, "merged/chat_template.jinja")
    assert template.contains("'Question: ' + content") && template.contains("'content': 'Warm?'")
    assert new JsonSlurper().parseText(text(zip, "merged/tokenizer_config.json")).chat_template == template
    assert new JsonSlurper().parseText(text(zip, "merged/generation_config.json")).eos_token_id == [4, 1]
    ["f16", "q8_0"].each {
        def gguf = new File(repository, "formats-1.0-" + it + ".gguf").getText("UTF-8")
        assert gguf.contains(template)
        assert gguf.contains("tokenizer.ggml.eot_token_id")
    }
}
new ZipFile(new File(repository, "formats-1.0.jar")).withCloseable { zip ->
    def directory = "META-INF/lora/it/formats/"
    assert !zip.getEntry(directory + "Dockerfile")
    def card = text(zip, directory + "README.md")
    assert card.contains('license: "Apache-2.0"')
    assert card.contains("Telling warm from cold.")
    assert card.contains("| examples | our own |")
    assert card.contains("    <s>Warm?\n    \n    Question: {question}\n    Answer: {answer}<|im_end|>\n")
    assert card.contains("An answer ends with the token `<|im_end|>` (4), at which the base model does not stop by default.")
    assert card.contains("llama-server -m base.gguf --lora formats-1.0-lora.gguf --jinja --chat-template-file" +
        " chat_template.jinja --override-kv tokenizer.ggml.eos_token_id=int:4 --temp 0")
    assert card.contains("FROM ./formats-1.0-q8_0.gguf\nTEMPLATE")
    assert zip.getEntry(directory + "chat_template.jinja") && zip.getEntry(directory + "generation_config.json")

    def bom = new JsonSlurper().parseText(text(zip, directory + "bom.json"))
    assert bom.specVersion == "1.6"
    assert bom.metadata.component.type == "machine-learning-model"
    assert bom.metadata.component.licenses[0].license.id == "Apache-2.0"
    assert bom.metadata.component.modelCard.considerations.useCases == ["Telling warm from cold."]
    assert bom.components*."bom-ref" == ["base", "dataset-train", "dataset-test"]
    assert bom.components[1].licenses[0].license.name == "our own"
}

def log = new File(basedir, "build.log").text
assert log.contains("artifact.gguf: src/main/ft/odd/tokenizer.json: llama.cpp would tokenize text differently:")
assert log.contains("its pre_tokenizer is not the one of GPT-2, Llama 3, Qwen 2, SmolLM or Mistral NeMo.")
return true
