// A service of OpenAI's protocol that gives adapters back as files of the last checkpoint. Its first job fails, and the
// first download holds NaN.
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.concurrent.Executors

def requests = new File(basedir, "requests.log")
requests.text = ""
def jobs = []
def uploads = []
def downloads = 0
def names = ["adapter_config.json", "adapter_model.safetensors"]

def content = { int i ->
    byte[] bytes = new File(basedir, "target/local/train/adapter/" + names[i]).bytes
    if (i == 1 && downloads++ == 0) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN)
    }
    return bytes
}
def answer = { String request, HttpExchange exchange ->
    def id = request =~ /ftjob-(\d+)/
    def job = id ? jobs[(id[0][1] as int) - 1] : null
    if (request == "POST /v1/files") {
        uploads << exchange.requestBody.getText("UTF-8")
        return [id: "file-up" + uploads.size()]
    } else if (request == "GET /v1/fine_tuning/jobs") {
        return [data: jobs, has_more: false]
    } else if (request == "POST /v1/fine_tuning/jobs") {
        jobs << new JsonSlurper().parse(exchange.requestBody) + [id: "ftjob-" + (jobs.size() + 1), status: "validating_files"]
        new File(basedir, "job.json").text = JsonOutput.toJson(jobs.last())
        return jobs.last()
    } else if (request.endsWith("/events")) {
        return [data: [], has_more: false]
    } else if (request.endsWith("/checkpoints")) {
        return [data: [[id: "ckpt-1", step_number: 360, result_files: ["file-a0", "file-a1"]]], has_more: false]
    } else if (job != null) {
        job.status = job.status == "validating_files" ? "running" : jobs.size() == 1 ? "failed" : "succeeded"
        return job + (job.status == "failed" ? [error: [code: "x", message: "Row 7 is too long."]] : [error: null, trained_tokens: 4321])
    }
    def file = request =~ /GET \/v1\/files\/file-a(\d)(\/content)?/
    if (file) {
        int i = file[0][1] as int
        return file[0][2] ? content(i)
            : [id: "file-a" + i, filename: "ckpt-1/" + names[i], bytes: new File(basedir, "target/local/train/adapter/" + names[i]).length()]
    }
    return null
}
def handle = { HttpExchange exchange ->
    def request = exchange.requestMethod + " " + exchange.requestURI.path
    synchronized (requests) {
        requests << request + "\n"
        def isKnown = exchange.requestHeaders.getFirst("Authorization") == "Bearer sk-secret"
        def found = isKnown ? answer(request, exchange) : null
        byte[] bytes = found instanceof byte[] ? found : JsonOutput.toJson(found ?: [error: [message: "no"]]).bytes
        exchange.sendResponseHeaders(found != null ? 200 : isKnown ? 404 : 401, bytes.length)
        exchange.responseBody.write(bytes)
    }
    exchange.close()
}
def server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
server.createContext("/", handle)
server.executor = Executors.newCachedThreadPool { new Thread(it).tap { daemon = true } }
Thread.startDaemon { server.start() }.join()

def spec = new File(ft, "fine-tune.yaml")
new File(ft, "local.yaml").text = spec.text
spec.text = spec.text.replace("  batchSize: 8", "  batchSize: 8\n  runner: openai") + """runner:
  openai:
    url: http://localhost:${server.address.port}/v1
    model: tiny/Llama
    apiKeyEnvironment: FT_IT_KEY
"""
new File(ft, "keeps.yaml").text = spec.text.replaceFirst(/http:\S+/, "https://api.openai.com/v1")
new File(ft, "keyless.yaml").text = spec.text.replace("FT_IT_KEY", "FT_IT_NO_KEY")
return true
