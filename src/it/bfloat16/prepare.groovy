def spec = new File(ft, "fine-tune.yaml").text
def half = spec.replace("training:", "training:\n  precision: bfloat16")
assert half != spec
new File(ft, "half.yaml").text = half
new File(ft, "single.yaml").text = spec.replace("rank: 16", "startFrom: mvn:it:bfloat16:1.0")
return true
