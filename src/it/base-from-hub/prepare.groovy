import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest

def commit = "7ae557604adf67be50417f59c2c2f167def9a775"
def repository = new File(basedir, "hf-home/hub/models--acme--tiny")
def snapshot = new File(repository, "snapshots/" + commit)
def blobs = new File(repository, "blobs")
def absent = new File(repository, ".no_exist/" + commit)
[snapshot, blobs, absent]*.mkdirs()
new File(ft, "model").eachFile { file ->
    def digest = MessageDigest.getInstance("SHA-256").digest(file.bytes).encodeHex().toString()
    Files.move(file.toPath(), new File(blobs, digest).toPath())
    Files.createSymbolicLink(new File(snapshot, file.name).toPath(), Path.of("../../blobs/" + digest))
}
["generation_config.json", "special_tokens_map.json", "added_tokens.json", "chat_template.jinja", "chat_template.json",
 "additional_chat_templates/default.jinja", "additional_chat_templates/tool_use.jinja"].each {
    new File(absent, it).with { file -> file.parentFile.mkdirs(); file.createNewFile() }
}
def spec = new File(ft, "fine-tune.yaml").text
new File(ft, "floating.yaml").text = spec.replace(commit, "main")
new File(ft, "elsewhere.yaml").text = spec.replace("acme/tiny", "acme/other")
return true
