// Everything that an evaluation can ask a model, in batches of two, and a worker that is killed before it answers.
import groovy.json.JsonSlurper

new File(ft, "text.md").text = "Red is warm. Blue is cold.\n" * 40
new File(ft, "suite.yaml").text = '''prompts: ["{{thing}}"]
tests:
  - vars: {thing: red 3}
    assert: [{type: equals, value: warm}]
  - vars: {thing: blue 3}
    assert: [{type: not-contains, value: warm}]
'''
new File(ft, "tasks").mkdirs()
new File(ft, "tasks/warm.yaml").text = '''task: warm
dataset_path: json
dataset_kwargs: {data_files: {test: ../data/test.jsonl}}
test_split: test
output_type: multiple_choice
doc_to_text: "{{prompt}}"
doc_to_choice: [warm, cold]
doc_to_target: "{{['warm', 'cold'].index(completion)}}"
'''
new File(ft, "tasks/echo.yaml").text = '''task: echo
dataset_path: json
dataset_kwargs: {data_files: {test: ../data/test.jsonl}}
test_split: test
doc_to_text: "{{prompt}}"
doc_to_target: completion
generation_kwargs: {until: "\\n", max_gen_toks: 8}
'''
def local = new File(ft, "fine-tune.yaml")
local.text = local.text.replace("epochs: 60", "epochs: 4").replaceAll(/(?s)acceptance:.*/, '''evaluation:
  metrics: [accuracy, macro-f1, perplexity, answer-tokens, latency]
  baselines: [zero-shot, {fewShot: 2}]
  suite: suite.yaml
  tasks: [tasks/warm.yaml, tasks/echo.yaml]
  retention: text.md
  maxNewTokens: 4
  batchSize: 2
''')
def onSpark = local.text + "  runner: spark\n"
new File(ft, "undescribed.yaml").text = onSpark
new File(ft, "two.yaml").text = onSpark + "runner:\n  spark: {master: 'local-cluster[2,1,512]', timeout: 300}\n"

Thread.startDaemon("kill a worker") {
    def journal = new File(basedir, "target/two/logs/evaluate.events.jsonl")
    while (true) {
        sleep(10)
        // The last line may be half written.
        def lines = (journal.exists() ? journal.text.readLines() : []).findAll { it.endsWith("}") }
        if (lines.any { it.contains("answers the questions") }) {
            def leader = new JsonSlurper().parseText(lines[0]).pid as long
            // The workers are its only children.
            ProcessHandle.of(leader).get().children().findFirst().get().destroyForcibly()
            new File(basedir, "killed.txt") << "a worker\n"
            return
        }
    }
}
