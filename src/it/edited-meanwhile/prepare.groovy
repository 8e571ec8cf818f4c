// Edits a prompt once the first evaluation has begun.
def spec = new File(ft, "fine-tune.yaml")
spec.text = spec.text.replace("epochs: 60", "epochs: 1").replaceAll(/(?s)acceptance:.*/, "") + """evaluation:
  baselines: [zero-shot, {prompt: prompt.txt}]
  batchSize: 1
"""
def prompt = new File(ft, "prompt.txt")
prompt.text = "{{prompt}}"
Thread.startDaemon("edit a prompt") {
    def journal = new File(basedir, "target/ft/logs/evaluate.events.jsonl")
    while (!journal.exists() || journal.length() == 0) {
        sleep(2)
    }
    prompt.text = "Warm? {{prompt}}"
}
return true
