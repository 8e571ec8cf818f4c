def spec = new File(ft, "fine-tune.yaml")
spec.text = spec.text.replace("epochs: 60", "epochs: 1").replaceAll(/(?s)acceptance:.*/, "") + """evaluation:
  metrics: [accuracy, macro-f1, latency]
acceptance:
  - {metric: accuracy, over: base, maximumDrop: 0.99}
"""
def elsewhere = new File(basedir, "elsewhere/deeper")
[new File(basedir, "pom.xml"), *ft.listFiles(), *new File(ft, "data").listFiles(), *new File(ft, "model").listFiles()]
    .findAll { it.file }
    .each {
        def copy = new File(elsewhere, basedir.toPath().relativize(it.toPath()).toString())
        copy.parentFile.mkdirs()
        copy.bytes = it.bytes
    }
return true
