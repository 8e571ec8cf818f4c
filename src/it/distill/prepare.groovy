// A teacher that knows all answers, for whoever has the key. It is busy at first.
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

def rows = new File(ft, "data/train.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
def answers = rows.collectEntries { [it.prompt, it.completion] }
def known = rows.withIndex().findAll { row, i -> i % 2 == 0 }.collect { it[0] }
new File(ft, "data/known.jsonl").text = known.collect { JsonOutput.toJson(it) + "\n" }.join()
new File(ft, "data/prompts.jsonl").text = rows.minus(known).collect { JsonOutput.toJson([prompt: it.prompt]) + "\n" }.join()

def requests = new File(basedir, "requests.log")
requests.text = ""
def asked = new AtomicInteger()
def answer = { HttpExchange exchange ->
    def body = new JsonSlurper().parse(exchange.requestBody)
    def question = body.messages.last().content
    def status = exchange.requestHeaders.getFirst("Authorization") != "Bearer sk-secret" ? 401
        : asked.getAndIncrement() == 0 ? 503 : 200
    synchronized (requests) {
        requests << status + " " + question + "\n"
    }
    def text = status != 200 ? [error: [message: "Invalid key: " + exchange.requestHeaders.getFirst("Authorization")]]
        : [choices: [[finish_reason: "stop", message: [role: "assistant", content: answers[question]]]],
           usage: [prompt_tokens: 9, completion_tokens: 2]]
    byte[] bytes = JsonOutput.toJson(text).bytes
    exchange.sendResponseHeaders(status, bytes.length)
    exchange.responseBody.write(bytes)
    exchange.close()
}
def server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
server.createContext("/v1/chat/completions", answer)
server.executor = Executors.newCachedThreadPool { new Thread(it).tap { daemon = true } }
Thread.startDaemon { server.start() }.join()

def spec = new File(ft, "fine-tune.yaml")
spec.text = spec.text.replace("train: data/train.jsonl", "train: [data/known.jsonl, data/distilled.jsonl]") + """distill:
  prompts: data/prompts.jsonl
  output: data/distilled.jsonl
  teacher:
    model: big
    url: http://localhost:${server.address.port}/v1
    server: teacher
    maxTokens: 100
  price: {input: 1, output: 10}
  maxPrice: 0.03
"""
new File(ft, "poor.yaml").text = spec.text.replace("maxPrice: 0.03", "maxPrice: 0.02")
new File(ft, "leaked.yaml").text = spec.text.replace("test: data/test.jsonl", "test: data/distilled.jsonl")
    .replace("[data/known.jsonl, data/distilled.jsonl]", "data/known.jsonl").replaceFirst(/(?s)\ndistill:.*/, "\n")

ownCache("cache")
new File(basedir, ".mvn").mkdirs()
new File(basedir, ".mvn/maven.config").text = """-gs
credentials.xml
-Dkey=sk-secret
-Dft.cacheDirectory=${new File(basedir, "cache")}
"""
return true
