def cache = ownCache("cache")

def spec = new File(ft, "fine-tune.yaml").text
new File(ft, "fine-tune.yaml").text = spec + "evaluation:\n  baselines: [zero-shot, {prompt: prompt.txt}]\n"
new File(ft, "prompt.txt").text = "{{prompt}}"
new File(ft, "other-prompt.txt").text = "Warm or cold? {{prompt}}"
new File(ft, "other-prompt.yaml").text = new File(ft, "fine-tune.yaml").text.replace("prompt.txt", "other-prompt.txt")
new File(ft, "slower.yaml").text = new File(ft, "fine-tune.yaml").text.replace("1.0e-2", "5.0e-3")

Thread.startDaemon("damage the cache") {
    def log = new File(basedir, "build.log")
    while (!log.exists() || log.text.count("BUILD SUCCESS") < 5) {
        sleep(20)
    }
    new File(cache, "results/train").eachDir {
        def weights = new File(it, "files/train/adapter/adapter_model.safetensors")
        weights.bytes = weights.bytes[0..<(weights.length() / 2 as int)]
    }
}
return true
