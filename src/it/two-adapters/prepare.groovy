def spec = new File(ft, "fine-tune.yaml")
new File(ft, "first.yaml").text = spec.text
new File(ft, "second.yaml").text = spec.text.replace("epochs: 60", "epochs: 60\n  seed: 7")
spec.delete()
return true
