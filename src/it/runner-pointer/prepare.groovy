// A service of OpenAI's protocol that keeps the weights, and answers questions. The fine-tune of its first job is right; its
// base and the fine-tune of the second job are always wrong; the fine-tune of the third is gone. It is busy once.
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.util.concurrent.Executors

def requests = new File(basedir, "requests.log")
requests.text = ""
def jobs = []
def uploads = 0
def busy = true
def right = new File(ft, "data/test.jsonl").readLines().findAll { it }
    .collect { new JsonSlurper().parseText(it) }.collectEntries { [it.prompt, it.completion] }
def answer = { String request, HttpExchange exchange ->
    def id = request =~ /ftjob-(\d+)/
    def job = id ? jobs[(id[0][1] as int) - 1] : null
    if (request == "POST /v1/files") {
        exchange.requestBody.text
        return [id: "file-" + ++uploads]
    } else if (request == "GET /v1/fine_tuning/jobs") {
        return [data: jobs, has_more: false]
    } else if (request == "POST /v1/fine_tuning/jobs") {
        int n = jobs.size() + 1
        jobs << new JsonSlurper().parse(exchange.requestBody) +
            [id: "ftjob-" + n, status: "running", fine_tuned_model: null, created_at: 1700000000 + n]
        new File(basedir, "job-${n}.json").text = JsonOutput.toJson(jobs.last())
        return jobs.last()
    } else if (request.endsWith("/events")) {
        return [data: [], has_more: false]
    } else if (job != null) {
        job.status = "succeeded"
        job.fine_tuned_model = "ft:mini-1:it::" + job.id.substring(6)
        return job + [trained_tokens: 4321]
    } else if (request.startsWith("GET /v1/models/ft:mini-1:it::") && !request.endsWith("3")) {
        return [id: request.substring(15), shutdown_date: "2031-01-14"]
    } else if (request == "POST /v1/chat/completions") {
        def question = new JsonSlurper().parse(exchange.requestBody)
        assert question.temperature == 0 && question.max_completion_tokens == 4 && question.seed == 42
        def text = question.messages.last().content
        def said = question.model == "ft:mini-1:it::1" ? right[text] : "lukewarm"
        return [choices: [[finish_reason: "stop", message: [role: "assistant", content: said]]],
                usage: [prompt_tokens: 9, completion_tokens: 1]]
    }
    return null
}
def handle = { HttpExchange exchange ->
    def request = exchange.requestMethod + " " + exchange.requestURI.path
    synchronized (requests) {
        requests << request + "\n"
        def isKnown = exchange.requestHeaders.getFirst("Authorization") == "Bearer sk-secret"
        def isBusy = busy && request.endsWith("/chat/completions")
        busy = busy && !isBusy
        def found = isKnown && !isBusy ? answer(request, exchange) : null
        byte[] bytes = JsonOutput.toJson(found ?: [error: [message: "no"]]).bytes
        exchange.responseHeaders.set("Retry-After", "0")
        exchange.sendResponseHeaders(found != null ? 200 : isBusy ? 429 : isKnown ? 404 : 401, bytes.length)
        exchange.responseBody.write(bytes)
    }
    exchange.close()
}
def server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
server.createContext("/", handle)
server.executor = Executors.newCachedThreadPool { new Thread(it).tap { daemon = true } }
Thread.startDaemon { server.start() }.join()

// Only the tokenizer of the base is needed.
new File(ft, "model/model.safetensors").delete()
def file = new File(ft, "fine-tune.yaml")
def spec = """name: warm-or-cold
base:
  model: model
dataset:
  train: data/train.jsonl
  test: data/test.jsonl
training:
  epochs: 3
  seed: 42
  runner: openai
evaluation:
  metrics: [accuracy, answer-tokens, latency]
  baselines: [zero-shot, {fewShot: 2}]
  suite: suite.yaml
  maxNewTokens: 4
acceptance:
  - {metric: accuracy, minimum: 0.9}
  - {metric: accuracy, over: best-baseline, minimumGain: 0.3}
  - {metric: pass-rate, over: base, minimumGain: 0.3}
runner:
  openai:
    url: http://localhost:${server.address.port}/v1
    model: mini-1
    weights: kept
    apiKeyEnvironment: FT_IT_KEY
    evaluation: {price: {input: 1, output: 2}, maxPrice: 1}
"""
file.text = spec
def write = { String name, String text -> new File(ft, name).text = text }
write("suite.yaml", """prompts: ["{{thing}}"]
providers: [ft:base, ft:tuned]
tests:
""" + right.take(4).collect { "  - {vars: {thing: ${it.key}}, assert: [{type: equals, value: ${it.value}}]}\n" }.join() +
    right.drop(right.size() - 4).collect { "  - {vars: {thing: ${it.key}}, assert: [{type: equals, value: ${it.value}}]}\n" }.join())
write("unsaid.yaml", spec.replaceFirst(/http:\S+/, "https://api.openai.com/v1").replaceAll(/    (weights|evaluation): .*\n/, ""))
write("openai.yaml", spec.replaceFirst(/http:\S+/, "https://api.openai.com/v1"))
write("wrong.yaml", spec.replace("training:\n", "adapter:\n  rank: 8\nartifact:\n  formats: [peft, gguf]\ntraining:\n  learningRate: 1.0e-3\n")
    .replace("[accuracy, answer-tokens", "[accuracy, perplexity, answer-tokens").replace("  maxNewTokens: 4\n", "  retention: data/test.jsonl\n"))
write("more-metrics.yaml", spec.replace("[accuracy, answer-tokens", "[accuracy, macro-f1, answer-tokens"))
write("worse.yaml", spec.replace("epochs: 3", "epochs: 2"))
write("removed.yaml", spec.replace("epochs: 3", "epochs: 1"))
write("poor.yaml", spec.replace("evaluation: {price: {input: 1, output: 2}, maxPrice: 1}", "evaluation: {maxRequests: 5}")
    .replace("maxNewTokens: 4", "maxNewTokens: 5"))
return true
