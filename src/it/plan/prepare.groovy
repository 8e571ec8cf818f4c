import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Files

def config = new JsonSlurper().parse(new File(ft, "model/config.json"))
config.putAll([
    hidden_size: 8192, intermediate_size: 28672, num_hidden_layers: 80, num_attention_heads: 64,
    num_key_value_heads: 8, head_dim: 128, tie_word_embeddings: false])
new File(ft, "huge").mkdirs()
new File(ft, "huge/config.json").text = JsonOutput.toJson(config)
["tokenizer.json", "tokenizer_config.json"].each {
    Files.copy(new File(ft, "model/" + it).toPath(), new File(ft, "huge/" + it).toPath())
}
def spec = new File(ft, "fine-tune.yaml").text
new File(ft, "huge.yaml").text = spec.replace("model: model", "model: huge\n  initialize: random")
return true
