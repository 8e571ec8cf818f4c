def spec = new File(ft, "fine-tune.yaml").text.replaceFirst(/(?s)acceptance:.*/, "")
def first = spec.replace("  model: model", "  model: model\n  quantization: nf4").replace("epochs: 60", "epochs: 2")
new File(ft, "first.yaml").text = first
def second = first.replace("rank: 16", "startFrom: mvn:it:start-from:1.0")
new File(ft, "second.yaml").text = second
new File(ft, "both.yaml").text = second.replace("adapter:", "adapter:\n  rank: 4")
return true
