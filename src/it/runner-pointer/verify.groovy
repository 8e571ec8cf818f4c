import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def builds = log.split(/Scanning for projects/).drop(1) as List
assert builds.size() == 9

// Before anything is sent, at its line.
assert builds[0] =~ /unsaid\.yaml:22:10: runner\.openai\.url: api\.openai\.com keeps the weights of a fine-tune; add runner\.openai\.weights: kept/
[   /wrong\.yaml:8:9: adapter\.rank is up to a service that keeps the weights/,
    /wrong\.yaml:10:12: artifact\.formats may only be peft, which is the jar/,
    /wrong\.yaml:12:17: training\.learningRate is up to a service that keeps the weights/,
    /wrong\.yaml:17:12: evaluation\.metrics: perplexity needs the likelihood of a text, which the chat protocol does not tell/,
    /wrong\.yaml:20:14: evaluation\.retention needs the likelihood of a text/,
    /wrong\.yaml:\d+:\d+: evaluation\.maxNewTokens is missing: the most tokens of an answer, which the service is paid for/
].each { assert builds[1] =~ it }
assert builds[2] =~ /WARN.*runner\.openai\.url: OpenAI (takes no new fine-tuning jobs from|has taken no new fine-tuning jobs since) 2027-01-06/
assert builds[2].contains("Base model: mini-1, whose weights stay at the service.")

// 12 questions to each of three models. The suite's eight are among them.
assert builds[3] =~ /OpenAI \(localhost:\d+\) is asked 36 questions of the test set: about [\d,]+ tokens to send, and at most 144 to receive, for at most 0\.00\d\d\./
assert builds[3].contains("BUILD SUCCESS")
def requests = new File(basedir, "requests.log").readLines()
assert requests.count("POST /v1/fine_tuning/jobs") == 3
def job = new JsonSlurper().parse(new File(basedir, "job-1.json"))
assert job.method == [type: "supervised", supervised: [hyperparameters: [n_epochs: 3, batch_size: 16]]]
assert !job.hyperparameters

// Nothing is asked again; for other metrics the answers are there.
assert builds[4].contains("Scores are up to date")
assert builds[5] =~ /OpenAI \(localhost:\d+\) answered all 36 questions of the test set before\. Nothing is asked again\./
assert builds[5].contains("BUILD SUCCESS")

// A fine-tune that answers worse; its base is not asked again. One that is gone. A budget.
assert builds[6] =~ /is asked 12 questions of the test set, and answered 24 before/
assert builds[6].contains("MojoFailureException") && builds[6].contains("accuracy is 0.0000, below the minimum 0.90.")
assert builds[7] =~ /OpenAI \(localhost:\d+\) does not have the model ft:mini-1:it::3 of the job ftjob-3 \(any more\), so it cannot be evaluated\./
assert builds[8].contains("runner.openai.evaluation.maxRequests is 5, but the evaluation has 36 questions to ask. Nothing more was asked.")
assert requests.count("POST /v1/chat/completions") == 36 + 1 + 12

// The jar of the last build, which joined the first job.
def jar = new ZipFile(new File(basedir, "target/runner-pointer-1.0.jar"))
def entry = { name -> jar.getInputStream(jar.getEntry("META-INF/lora/it/runner-pointer/" + name)) }
def pointer = new JsonSlurper().parseText(entry("pointer.json").text)
def provenance = new JsonSlurper().parseText(entry("provenance.json").text)
assert pointer.model == "ft:mini-1:it::1" && pointer.base == "mini-1" && pointer.job == "ftjob-1"
assert pointer.key == provenance.training.key && pointer.key == job.metadata.ft_key
assert pointer.created == "2023-11-14T22:13:21Z" && pointer.until == "2031-01-14"
assert provenance.base.use == "counts tokens" && provenance.training.service.kept == pointer.model
assert jar.entries().every { !it.name.endsWith(".safetensors") && !it.name.endsWith("adapter_config.json") }
def card = entry("README.md").text
assert card.contains("**The weights stay with the provider.**") && card.contains("It says: until 2031-01-14.")
assert card.contains("\"model\": \"ft:mini-1:it::1\"") && !card.contains("learning rate") && !card.contains("peft")

// No key anywhere.
assert !log.contains("sk-secret")
new File(basedir, "target").eachFileRecurse { assert it.directory || !it.getText("ISO-8859-1").contains("sk-secret") }
return true
