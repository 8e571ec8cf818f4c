import groovy.json.JsonSlurper
import java.util.zip.ZipFile

def log = new File(basedir, "build.log").text
def builds = log.split(/Scanning for projects/).drop(1) as List
assert builds.size() == 6

// Before anything is sent.
assert builds[1].contains("src/main/ft/keeps.yaml:19:10: runner.openai.url: api.openai.com keeps the weights of a fine-tune; add runner.openai.weights: kept, which packages a pointer to them")
assert builds[2].contains("runner.openai.apiKeyEnvironment: the environment variable FT_IT_NO_KEY is not set.")
assert builds[2].contains("MojoFailureException")

// A job that fails there; then one whose adapter is damaged.
assert builds[3] =~ /The job ftjob-1 at OpenAI \(localhost:\d+\) failed \(failed\): Row 7 is too long\. The next build creates another\./
assert builds[3].contains("MojoExecutionException")
assert builds[4] =~ /Created the job ftjob-2 at OpenAI \(localhost:\d+\)\./
assert builds[4] =~ /the adapter of the job ftjob-2 at OpenAI \(localhost:\d+\).*holds values that are not finite \(NaN or infinity\)/
assert builds[4].contains("MojoFailureException")

// The next build takes it whole, and pays nothing.
assert builds[5] =~ /Joining the job ftjob-2 at OpenAI \(localhost:\d+\), which has this training's key \(succeeded\)\. Nothing is paid again\./
assert builds[5].contains("BUILD SUCCESS")
assert new File(basedir, "requests.log").readLines().count("POST /v1/fine_tuning/jobs") == 2

def job = new JsonSlurper().parse(new File(basedir, "job.json"))
def training = new JsonSlurper().parse(new File(basedir, "target/ft/train/training.json"))
def jar = new ZipFile(new File(basedir, "target/runner-openai-1.0.jar"))
def entry = { name -> jar.getInputStream(jar.getEntry("META-INF/lora/it/runner-openai/" + name)) }
def provenance = new JsonSlurper().parseText(entry("provenance.json").text)
assert job.metadata.ft_key == provenance.training.key
assert job.hyperparameters.lora_r == 16 && job.hyperparameters.n_epochs == 60
assert training.service.job == "ftjob-2" && training.service.tokens == 4321
assert provenance.training.service == training.service

// The service says no number of steps, so the card says none.
def card = entry("README.md").text
assert card =~ /\| trained at \| OpenAI \(localhost:\d+\), as tiny\/Llama in the job ftjob-2 \|/
assert !card.contains("optimizer steps")

// The same weights as were trained here, and no key anywhere.
assert entry("adapter_model.safetensors").bytes == new File(basedir, "target/local/train/adapter/adapter_model.safetensors").bytes
assert !log.contains("sk-secret")
new File(basedir, "target").eachFileRecurse { assert it.directory || !it.getText("ISO-8859-1").contains("sk-secret") }
return true
