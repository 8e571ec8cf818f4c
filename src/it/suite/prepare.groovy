import groovy.json.JsonSlurper

def spec = new File(ft, "fine-tune.yaml").text
spec = spec.replace("acceptance:", "evaluation:\n  suite: suite.yaml\n  metrics: [accuracy, macro-f1, perplexity, answer-tokens, latency, json-valid]\n  schema: answer.schema.json\n  baselines: [zero-shot, {prompt: prompt.txt}, {fewShot: 3}, {fewShot: 2, select: nearest}, {prompt: prompt.txt, fewShot: 2}, {rag: {passages: docs.md, top: 1}}]\n  retention: docs.md\nacceptance:\n  - {metric: pass-rate, minimum: 0.9}\n" +
    "  - {metric: pass-rate, over: base, minimumGain: 0.5}\n  - {metric: accuracy, over: best-baseline, minimumGain: 0.2}")
new File(ft, "fine-tune.yaml").text = spec
new File(ft, "wrong.yaml").text = spec.replace("suite.yaml", "wrong-suite.yaml")
new File(ft, "wrong-suite.yaml").text = "prompts: [a]\ntests:\n  - vars: {a: b}\n"
def rows = new File(ft, "data/test.jsonl").readLines().findAll { it }.collect { new JsonSlurper().parseText(it) }
def quoted = { '"' + it.replace('"', '""') + '"' }
new File(ft, "data/test.csv").text = "thing,expected\n" +
    rows.collect { quoted(it.prompt) + "," + quoted(it.completion) }.join("\n") + "\n"
new File(ft, "answer.schema.json").text = '{"type": "number"}'
new File(ft, "docs.md").text = "Red is warm.\n\nBlue is cold.\n"
new File(ft, "prompt.txt").text = "it: {{prompt}}"
return true
