import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def builds = log.split(/Scanning for projects/).drop(1) as List
assert builds.size() == 8
def rows = "src/main/ft/data"
def plan = ["24 prompts", "0 prompts asked earlier, 24 to ask: big at localhost:", "at most 2,400 to receive (100 an answer)"]

// What it would cost, and too much.
plan.each { assert builds[0].contains(it) }
assert builds[0] =~ /at most 0\.024\d*, at 1\.00 and 10\.00 for a million tokens; distill\.maxPrice is 0\.03/
assert builds[0].contains("Nothing was asked: ft.distill.dryRun is true.")
assert builds[1] =~ /distill\.maxPrice: the answers to 24 prompts may cost 0\.024\d*, but 0\.02 is the most\. Nothing was asked\./
assert builds[1].contains("MojoFailureException")

// A key that the server does not know.
assert builds[2] =~ /The teacher's server localhost:\d+ answered with status 401: .*\[key].*\. Check the API key \(the server teacher in Maven's settings\)\. 0 prompts of 24 were asked/
assert builds[2].contains("MojoExecutionException")
assert !builds[2].contains("Bearer wrong")
assert builds[3].contains("dataset.train: $rows/distilled.jsonl: no such file yet. ft:distill writes it.".toString())

// The answers, the adapter, and whose they are.
assert builds[4].contains("24 requests, 216 tokens sent, 48 received, at most 0.0007")
assert builds[4].contains("$rows/distilled.jsonl: 24 rows of big".toString())
def distilled = new File(basedir, "$rows/distilled.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
def prompts = new File(basedir, "$rows/prompts.jsonl").readLines().collect { new JsonSlurper().parseText(it).prompt }
assert distilled*.prompt == prompts
assert distilled.every { it.completion in ["warm", "cold"] && it.metadata.origin == "distilled" && it.metadata.teacher == "big" }
assert builds[5] =~ /24 of 48 training rows were answered by the teacher big \(localhost:\d+\)/
def jar = new ZipFile(new File(basedir, "target/distill-1.0.jar"))
def text = { name -> jar.getInputStream(jar.getEntry("META-INF/lora/it/distill/" + name)).text }
assert text("README.md") =~ /24 of 48 training rows were answered by the teacher big \(localhost:\d+\)\./
def marked = new JsonSlurper().parseText(text("provenance.json")).distilled
assert marked.size() == 1 && marked[0].teacher == "big" && marked[0].rows == 24
assert new JsonSlurper().parseText(text("dataset.json")).distilled*.rows == [24]

// Nothing is asked twice, and the test set cannot be distilled.
assert builds[6].contains("24 prompts asked earlier, 0 to ask: big at localhost:")
def requests = new File(basedir, "requests.log").readLines()
def ok = requests.findAll { it.startsWith("200 ") }.collect { it.substring(4) }
assert ok.sort() == prompts.sort()
assert requests.findAll { it.startsWith("503 ") }.size() == 1
assert requests.findAll { it.startsWith("401 ") }.size() in 1..4
assert builds[7].contains("$rows/distilled.jsonl:1: a teacher wrote this answer (big, by metadata.origin), but the gate's test set cannot be distilled".toString())

// No key is anywhere.
assert !log.contains("sk-secret")
new File(basedir, "cache/distill").eachFileRecurse { assert it.directory || !it.text.contains("sk-secret") }
return true
