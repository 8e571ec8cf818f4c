import java.nio.ByteBuffer
import java.nio.ByteOrder

// What an earlier run of this test left.
new File(basedir, "../../it-repo/it/other-base").deleteDir()
new File(basedir, "../../it-repo/.cache/ft-released/it/other-base").deleteDir()

// Another base: the same but for the last matrix, whose signs are turned round. What was trained on one is of no use on
// the other.
def model = new File(ft, "model")
def negated = { File directory ->
    directory.mkdirs()
    model.eachFile { new File(directory, it.name).bytes = it.bytes }
    def weights = new File(directory, "model.safetensors")
    byte[] bytes = weights.bytes
    def headerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0) as int
    def header = new groovy.json.JsonSlurper().parseText(new String(bytes, 8, headerLength, "UTF-8"))
    def (from, to) = header["lm_head.weight"].data_offsets
    for (int i = from + 3; i < to; i += 4) {
        bytes[8 + headerLength + i] ^= (byte) 0x80
    }
    weights.bytes = bytes
}
negated(new File(ft, "other"))

def questions = new File(ft, "data/test.jsonl").readLines()
new File(ft, "data/fewer.jsonl").text = questions.drop(2).join("\n") + "\n"
def spec = new File(ft, "fine-tune.yaml").text
def today = spec.replace("epochs: 60", "epochs: 2").replace("maximumDrop: 0", "maximumDrop: 1")
def fewer = { it.replace("data/test.jsonl", "data/fewer.jsonl") }
new File(ft, "today.yaml").text = fewer(today).replace("model: model", "model: other")
new File(ft, "on-spark.yaml").text = new File(ft, "today.yaml").text + """evaluation: {runner: spark}
runner:
  spark: {master: 'local-cluster[1,1,512]', timeout: 300}
"""

// Seen from these directories "model", the base of the release, is gone, and another model.
def elsewhere = today.replace("data/", "../ft/data/")
def moved = new File(ft, "../moved")
moved.mkdirs()
new File(moved, "fine-tune.yaml").text = elsewhere.replace("model: model", "model: ../ft/other")
new File(moved, "other-questions.yaml").text = fewer(new File(moved, "fine-tune.yaml").text)
def replaced = new File(ft, "../replaced")
negated(new File(replaced, "model"))
new File(replaced, "fine-tune.yaml").text = fewer(elsewhere)
return true
