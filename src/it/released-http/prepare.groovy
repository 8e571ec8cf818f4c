// Serves a repository to who knows the password, for as long as this JVM lives. How it answers to GET, the first part of
// the path says: "well", or what is wrong with it.
import com.sun.net.httpserver.BasicAuthenticator
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.util.concurrent.Executors

// What an earlier run of this test left.
new File(basedir, "../../it-repo/it/released-http").deleteDir()
new File(basedir, "../../it-repo/.cache/ft-released/it/released-http").deleteDir()

def releases = new File(basedir, "releases")
def requests = new File(basedir, "requests.log")
requests.text = ""

def send = { HttpExchange exchange, byte[] bytes, int length ->
    exchange.sendResponseHeaders(200, bytes.length)
    exchange.responseBody.write(bytes, 0, length)
    // Where that was not all, closing it cuts the connection.
    exchange.close()
}
def get = { HttpExchange exchange, String answers, File file ->
    def jar = file.name.endsWith(".jar")
    if (answers == "never") {
        return
    }
    if (answers == "unavailable" && jar) {
        exchange.sendResponseHeaders(503, -1)
    } else if (!file.file) {
        exchange.sendResponseHeaders(404, -1)
    } else {
        byte[] bytes = file.bytes
        if (answers == "altered" && jar) {
            bytes[bytes.length.intdiv(2)] ^= 1
        }
        send(exchange, bytes, answers == "cut" && jar ? bytes.length.intdiv(2) : bytes.length)
        return
    }
    exchange.close()
}
def answer = { HttpExchange exchange ->
    synchronized (requests) {
        requests << exchange.requestMethod + " " + exchange.requestURI.path + "\n"
    }
    def (answers, path) = exchange.requestURI.path.substring(1).split("/", 2)
    def file = new File(releases, path)
    if (exchange.requestMethod == "PUT") {
        file.parentFile.mkdirs()
        file.bytes = exchange.requestBody.bytes
        exchange.sendResponseHeaders(201, -1)
        exchange.close()
    } else {
        get(exchange, answers, file)
    }
}

def server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
server.createContext("/", answer).authenticator = new BasicAuthenticator("releases") {
    boolean checkCredentials(String user, String password) {
        return user == "ci" && password == "secret"
    }
}
server.executor = Executors.newCachedThreadPool { new Thread(it).tap { daemon = true } }
// Its own thread is a daemon if the one that starts it is.
Thread.startDaemon { server.start() }.join()

new File(basedir, ".mvn").mkdirs()
new File(basedir, ".mvn/maven.config").text = """-gs
credentials.xml
-Dpassword=secret
-DmirrorOf=nothing
-Dmirror=http://localhost:1
-Dserver=http://localhost:${server.address.port}
"""
return true
