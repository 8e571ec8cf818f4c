def log = new File(basedir, "build.log").text
assert new File(basedir, "target/rendered.txt").getText("UTF-8") ==
    '<s>[{"name": "depth", "unit": null}]\n<user> How deep is the river? \u00e9\n<assistant>'
assert new File(basedir, "target/generated.txt").length() > 0
def logits = new File(basedir, "target/logits.safetensors")
assert logits.getText("ISO-8859-1").contains('"logits":{"dtype":"F32","shape":[')
assert log.contains("template.jinja: the chat template rejects this conversation, line 5: no system messages.")
def tokens = new File(basedir, "target/tokens.txt").readLines()
def marked = tokens.findAll { it.startsWith("*") }
assert tokens[0] ==~ /    *\d+  "<\|im_start\|>"/
assert tokens.last() ==~ /\*  *\d+  "<\|im_end\|>"/
assert marked.size() < tokens.size()
assert tokens.takeRight(marked.size()) == marked
return true
