import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def builds = log.split(/Scanning for projects/).drop(1) as List
assert builds.size() == 10

// Before anything is sent, or spent.
assert builds[1] =~ /The build is offline, but Together \(localhost:\d+\) trains this fine-tune \(training\.runner\)\. Build without -o, or set training\.runner to local\./
assert builds[1].contains("MojoFailureException")
assert builds[2] =~ /Together \(localhost:\d+\) answered with status 401 to \/fine-tunes: Invalid key: Bearer \[key]\. Check the API key \(the server together in Maven's settings\)\./
assert builds[2].contains("MojoExecutionException")
assert builds[3].contains("runner.together.maxPrice: the job would cost about 4.50 USD, but 4.00 is the most. Nothing was spent.")
assert builds[3].contains("MojoFailureException")
assert builds[4].contains("src/main/ft/refused.yaml:4:17: base.quantization: Together cannot honour it; remove the key, or choose another training.runner")
assert builds[4].contains("src/main/ft/refused.yaml:11:11: training.epochs is 1.5, but Together trains for whole epochs; round it")

// Maven was killed while the job ran; the next build joins it.
assert builds[5] =~ /Together \(localhost:\d+\) trains, and is paid for; ft:train says the price before it creates a job, and stops above 5\.00\./
assert builds[5] =~ /The job will cost about 4\.50 USD, as Together \(localhost:\d+\) estimates; runner\.together\.maxPrice is 5\.00\./
assert builds[5] =~ /Created the job ft-1 at Together \(localhost:\d+\)\./
assert builds[6] =~ /Joining the job ft-1 at Together \(localhost:\d+\), which has this training's key \((queued|running|completed)\)\. Nothing is paid again\./
assert builds[6].contains("Job ft-1: Training started")
assert builds[6].contains("BUILD SUCCESS")

// Nothing is asked of the service where nothing changed, and nothing is paid for again.
assert builds[7].contains("Adapter is up to date: nothing changed since it was trained (360 steps).")
assert builds[8] =~ /Joining the job ft-1 at Together \(localhost:\d+\), which has this training's key \(completed\)/
def requests = new File(basedir, "requests.log").readLines()
assert requests.count("POST /v1/fine-tunes") == 1
assert requests.count("GET /v1/finetune/download") == 2
assert !builds[7].contains("Joining")
assert builds[9].contains("Together trains, so it takes no memory here (training.runner).")
assert !builds[9].contains("DOES NOT FIT")

// The request, and the rows alone.
def job = new JsonSlurper().parse(new File(basedir, "job.json"))
assert job.model == "tiny/Llama" && job.n_epochs == 60 && job.batch_size == 8
assert job.training_type == [type: "Lora", lora_r: 16, lora_alpha: 32, lora_dropout: 0.0, lora_trainable_modules: "all-linear"]
def rows = new File(basedir, "upload.txt").readLines().findAll { it.startsWith("{") }
assert rows.size() == 48
assert rows[0] == '{"messages":[{"role":"user","content":"red 0"},{"role":"assistant","content":"warm"}]}'

// What was packaged is what came back, and says so.
def jar = new ZipFile(new File(basedir, "target/runner-together-1.0.jar"))
def entry = { name -> jar.getInputStream(jar.getEntry("META-INF/lora/it/runner-together/" + name)) }
def training = new JsonSlurper().parse(new File(basedir, "target/ft/train/training.json"))
assert training.service.job == "ft-1" && training.service.model == "tiny/Llama"
def provenance = new JsonSlurper().parseText(entry("provenance.json").text)
assert provenance.training.keySet() == ["key", "seed", "service"] as Set
assert provenance.training.service == training.service
assert provenance.versions.keySet() == ["plugin"] as Set
def card = entry("README.md").text
assert card =~ /trained for ft-maven-plugin/
assert card =~ /\| trained at \| Together \(localhost:\d+\), as tiny\/Llama in the job ft-1 \|/
def summary = new JsonSlurper().parse(new File(basedir, "target/ft/summary.json"))
assert summary.training.steps == 360 && summary.training.finalLoss == null && summary.training.supervisedTokens > 0

// No key is anywhere.
assert !log.contains("sk-secret") && !log.contains("sk-wrong")
new File(basedir, "target").eachFileRecurse { assert it.directory || !it.getText("ISO-8859-1").contains("sk-secret") }
return true
