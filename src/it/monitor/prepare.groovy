import java.util.zip.GZIPOutputStream

// What an earlier run of this test left.
new File(basedir, "../../it-repo/it/monitor").deleteDir()
new File(basedir, "../../it-repo/.cache/ft-released/it/monitor").deleteDir()

// Four rows less, one with another answer, and twelve more in other words.
def spec = new File(ft, "fine-tune.yaml").text
def lines = new File(ft, "data/train.jsonl").readLines()
def moved = lines.dropRight(4)
moved[0] = moved[0].replace('"warm"', '"cold"')
(1..12).each { moved << "{\"prompt\": \"please sort this scarlet parcel number $it\", \"completion\": \"warm\"}".toString() }
new File(ft, "data/moved.jsonl").text = moved.join("\n") + "\n"
new File(ft, "moved.yaml").text = spec.replace("data/train.jsonl", "data/moved.jsonl").replace("epochs: 60", "epochs: 1")

def logs = new File(basedir, "logs")
logs.mkdirs()
def request = { String prompt, String answer ->
    "{\"request\": {\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"$prompt\"}]}," +
        " \"response\": {\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"$answer\"}}]}}\n"
}
def colors = [red: "warm", orange: "warm", amber: "warm", blue: "cold", cyan: "cold", navy: "cold"]
def numbers = [0, 1, 2, 4, 5, 6, 8, 9]
new File(logs, "usual.jsonl").text =
    (1..20).collect { numbers.collect { n -> colors.collect { c, label -> request("$c $n", label) }.join() }.join() }.join()
new File(logs, "other.jsonl").text =
    (1..200).collect { request("where does my invoice number $it come from", "unknown") }.join() +
    request("who may cancel a subscription early", "unknown") + "not a request\n"
new GZIPOutputStream(new FileOutputStream(new File(logs, "packed.jsonl.gz"))).withCloseable {
    it.write('{"custom_id": "1", "url": "/v1/chat/completions", "body": {"messages": [{"role": "user", "content": "red 1"}]}}\n'.bytes)
}
return true
