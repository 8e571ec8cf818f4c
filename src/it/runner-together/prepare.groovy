// A service as Together is, for whoever has the key. Kills the first Maven that waits for a job.
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.util.concurrent.Executors
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

def requests = new File(basedir, "requests.log")
requests.text = ""
def uploads = []
def jobs = []
def killed = false
byte[] adapter = null

def zipped = {
    def bytes = new ByteArrayOutputStream()
    new ZipOutputStream(bytes).withCloseable { zip ->
        ["adapter_config.json", "adapter_model.safetensors"].each {
            zip.putNextEntry(new ZipEntry("ft/" + it))
            zip.write(new File(basedir, "target/local/train/adapter/" + it).bytes)
        }
    }
    return bytes.toByteArray()
}
def killMaven = {
    ProcessHandle.allProcesses().filter {
        it.info().commandLine().map { it.contains("classworlds") && it.contains("multiModuleProjectDirectory=" + basedir.path) }.orElse(false)
    }.forEach { it.destroyForcibly() }
}
def answer = { String request, HttpExchange exchange ->
    switch (request) {
        case "GET /v1/fine-tunes/models/limits":
            return [max_num_epochs: 100, min_learning_rate: 1e-6, max_learning_rate: 1,
                    lora_training: [max_batch_size: 64, min_batch_size: 8, max_rank: 64, target_modules: ["q_proj"]]]
        case "POST /v1/files/upload":
            adapter = adapter ?: zipped()
            uploads << exchange.requestBody.getText("UTF-8")
            new File(basedir, "upload.txt").text = uploads.last()
            return [id: "file-" + uploads.size()]
        case "POST /v1/fine-tunes/estimate-price":
            return [estimated_total_price: 4.5, allowed_to_proceed: true, user_limit: 100]
        case "GET /v1/fine-tunes":
            return [data: jobs]
        case "POST /v1/fine-tunes":
            def job = new JsonSlurper().parse(exchange.requestBody)
            new File(basedir, "job.json").text = JsonOutput.toJson(job)
            jobs << job + [id: "ft-" + (jobs.size() + 1), status: "queued"]
            return jobs.last()
        case "GET /v1/fine-tunes/ft-1":
            if (!killed) {
                killed = true
                killMaven()
            } else {
                jobs[0].status = jobs[0].status == "queued" ? "running" : "completed"
            }
            return jobs[0] + [steps_completed: 180, total_steps: 360]
        case "GET /v1/fine-tunes/ft-1/events":
            return [data: [[created_at: "2026-12-02T08:00:00Z", level: "info", type: "TRAINING_START", message: "Training started"]]]
        case "GET /v1/finetune/download":
            return adapter
    }
    return null
}
def handle = { HttpExchange exchange ->
    def request = exchange.requestMethod + " " + exchange.requestURI.path
    synchronized (requests) {
        requests << request + "\n"
        def key = exchange.requestHeaders.getFirst("Authorization")
        def content = key == "Bearer sk-secret" ? answer(request, exchange) : null
        byte[] bytes = content instanceof byte[] ? content
            : JsonOutput.toJson(content ?: [error: [message: "Invalid key: " + key]]).bytes
        exchange.sendResponseHeaders(content == null ? (key == "Bearer sk-secret" ? 404 : 401) : 200, bytes.length)
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
spec.text = spec.text.replace("  batchSize: 8", "  batchSize: 8\n  runner: together") + """runner:
  together:
    url: http://localhost:${server.address.port}/v1
    model: tiny/Llama
    server: together
    maxPrice: 5
"""
new File(ft, "poor.yaml").text = spec.text.replace("maxPrice: 5", "maxPrice: 4")
new File(ft, "refused.yaml").text = spec.text.replace("  model: model\n", "  model: model\n  quantization: nf4\n")
    .replace("epochs: 60", "epochs: 1.5")

new File(basedir, ".mvn").mkdirs()
new File(basedir, ".mvn/maven.config").text = """-gs
credentials.xml
-Dkey=sk-secret
"""
return true
