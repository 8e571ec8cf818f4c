package io.github.ftmaven.runtime.lmeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task's author can get wrong. */
class TaskReaderTest {
    private static final String TASK = """
            task: t
            dataset_path: json
            dataset_kwargs: {data_files: {test: d.jsonl}}
            test_split: test
            output_type: multiple_choice
            doc_to_text: "{{q}}"
            doc_to_choice: ["a", "b"]
            doc_to_target: y
            """;
    private static final String GENERATE =
            TASK.replace("multiple_choice", "generate_until").replace("doc_to_choice: [\"a\", \"b\"]\n", "");

    @TempDir
    private Path directory;

    private TaskSet read(String yaml, @Nullable Integer fewShot, @Nullable Integer limit) throws IOException {
        Files.writeString(directory.resolve("t.yaml"), yaml);
        if (!Files.exists(directory.resolve("d.jsonl"))) {
            Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": 0}\n{\"q\": \"z\", \"y\": 1}\n");
        }
        TaskSet set = TaskSet.read(List.of(new TaskSet.Source(directory.resolve("t.yaml"), "t.yaml", fewShot, limit)));
        set.check();
        return set;
    }

    private void assertRefused(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml, null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void readsATaskAndItsFiles() throws IOException {
        TaskSet set = read(TASK, null, 1);
        assertThat(set.tasks()).containsExactly("t");
        assertThat(set.files("t"))
                .containsExactly(
                        directory.resolve("d.jsonl").toAbsolutePath(),
                        directory.resolve("t.yaml").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doc_to_texts: x | t.yaml:9:1: task t: unknown key 'doc_to_texts'. Did you mean 'doc_to_text'?",
                "use_prompt: p:q | t.yaml:9:1: task t: use_prompt: promptsource's prompts are not supported. Write the template in"
                        + " doc_to_text.",
                "process_results: accuracy | t.yaml:9:1: task t: process_results must be a !function. Use the metrics of"
                        + " metric_list. The built-in functions are those of lm-eval's own tasks bigbench, eus_exams,"
                        + " global_mmlu.default, global_mmlu.full, hellaswag, include, mmlusr, okapi.arc_multilingual,"
                        + " tmlu.default, tmmluplus.default, truthfulqa, wikitext, winogrande, given by their Python file"
                        + " beside the task or by their full name.",
                "fewshot_config: {fewshot_indices: [0]} | t.yaml:9:18: task t: fewshot_config.fewshot_indices has no effect"
                        + " in lm-eval 0.4.13. Write the documents in fewshot_config.samples, or put them into a split of"
                        + " their own.",
                "num_fewshot: -1 | t.yaml:9:1: task t: num_fewshot must be a whole number, at least 0.",
                "num_fewshot: many | t.yaml:9:1: task t: num_fewshot must be a whole number, at least 0.",
                "validation_split: dev | t.yaml:9:1: task t: validation_split: data_files has no split 'dev'.",
                "fewshot_split: tests | t.yaml:9:1: task t: fewshot_split: data_files has no split 'tests'. Did you mean 'test'?",
                "fewshot_config: {sampler: balanced} | t.yaml:9:18: task t: fewshot_config.sampler: 'balanced' is not supported,"
                        + " only default and first_n.",
                "fewshot_config: {smaples: []} | t.yaml:9:18: task t: unknown key 'smaples' in fewshot_config. Did you mean"
                        + " 'samples'?",
                "generation_kwargs: {until: x} | t.yaml:9:1: task t: generation_kwargs: only generate_until tasks generate answers.",
                "filter_list: [{name: n, filter: [{function: take_first}]}] | t.yaml:9:1: task t: filter_list: only"
                        + " generate_until tasks can filter answers.",
                "metric_list: [{metric: accc}] | t.yaml:9:15: task t: metric_list: 'accc' is not supported; a multiple_choice"
                        + " task supports acc, acc_norm, acc_bytes, acc_mutual_info, exact_match, f1, mcc, brier_score. Did"
                        + " you mean 'acc'?",
                "metric_list: [{metric: acc, aggregation: median}] | t.yaml:9:29: task t: metric_list: the aggregation of acc is"
                        + " mean; 'median' is not supported for it.",
                "metric_list: [{metric: acc, higher_is_better: false}] | t.yaml:9:29: task t: metric_list: higher_is_better of acc"
                        + " is true.",
                "should_decontaminate: maybe | t.yaml:9:1: task t: should_decontaminate must be true or false.",
                "gen_prefix: '{{q' | t.yaml:9:1: task t: gen_prefix: line 1: a tag is not closed",
            })
    void refusesKeys(String line, String message) {
        assertRefused(TASK + line + "\n", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generation_kwargs: {do_sample: true} | t.yaml:8:21: task t: generation_kwargs: sampling is not supported, only"
                        + " greedy decoding. Set do_sample: false.",
                "generation_kwargs: {temperature: 0.7} | t.yaml:8:21: task t: generation_kwargs: sampling is not supported, only"
                        + " greedy decoding. Set do_sample: false.",
                "generation_kwargs: {num_beams: 4} | t.yaml:8:21: task t: generation_kwargs: beam search is not supported, only"
                        + " greedy decoding.",
                "generation_kwargs: {min_p: 0.1} | t.yaml:8:21: task t: unknown key 'min_p' in generation_kwargs.",
                "generation_kwargs: {max_tokens: 4, max_gen_toks: 5} | t.yaml:8:1: task t: generation_kwargs: max_gen_toks,"
                        + " max_tokens mean the same; keep one.",
                "filter_list: [{name: n, filter: [{function: lower}, {function: take_first}]}] | t.yaml:8:34: task t: filter_list:"
                        + " the function 'lower' is not supported.",
                "filter_list: [{name: n, filter: [{function: lowercas}, {function: take_first}]}] | t.yaml:8:34: task"
                        + " t: filter_list: the function 'lowercas' is not supported. Did you mean 'lowercase'?",
                "filter_list: [{name: n, filter: [{function: lowercase}]}] | t.yaml:8:15: task t: filter_list: 'n' must end with"
                        + " take_first, to leave one answer.",
                "filter_list: [{name: n, filter: [{function: regex, regex_pattern: '(?L)a'}, {function: take_first}]}] |"
                        + " t.yaml:8:34: task t: the pattern (?L)a is not valid: the flags L are not supported, only a, i,"
                        + " m, s, u and x.",
                "filter_list: [{name: n, filter: [{function: map, mapping_dict: {a: b}}, {function: take_first}]}] |"
                        + " t.yaml:8:34: task t: map: default_value must be text, which replaces any other answer.",
                "metric_list: [{metric: exact_match, hf_evaluate: true}] | t.yaml:8:15: task t: metric_list: hf_evaluate downloads"
                        + " exact_match from a hub, which is not supported.",
                "metric_list: [{metric: ter}] | t.yaml:8:15: task t: metric_list: 'ter' is not supported; a generate_until task"
                        + " supports exact_match, bleu,"
                        + " chrf.",
            })
    void refusesWhatIsGenerated(String line, String message) {
        assertRefused(GENERATE + line + "\n", message);
    }

    @Test
    void refusesDataThatIsNotHere() {
        assertRefused(
                TASK.replace("dataset_path: json", "dataset_path: cais/mmlu"),
                "t.yaml:2:1: task t: dataset_path: 'cais/mmlu' is not supported, only json and csv with local files in"
                        + " dataset_kwargs.data_files.");
        assertRefused(
                TASK.replace("dataset_path: json", "dataset_path: parquet"),
                "t.yaml:2:1: task t: dataset_path: 'parquet' is not supported, only json and csv with local files in"
                        + " dataset_kwargs.data_files. Convert Parquet to JSON lines first.");
        assertRefused(
                TASK.replace("d.jsonl", "e.jsonl"),
                "t.yaml:3:1: task t: e.jsonl: the file does not exist or cannot be read.");
        assertRefused(
                TASK.replace("{data_files: {test: d.jsonl}}", "{}"),
                "t.yaml:3:1: task t: dataset_kwargs.data_files must list the files of each split, such as {test: data/test.jsonl}.");
        assertRefused(
                TASK.replace("test_split: test\n", ""),
                "t.yaml:1:1: task t: test_split or validation_split is missing: the evaluated split.");
    }

    @Test
    void refusesDataThatIsWrong() throws IOException {
        Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": 0}\n{\"q\": }\n");
        assertRefused(
                TASK,
                "t.yaml:3:1: task t: d.jsonl:2:7: not valid JSON: '}' where a value is expected. A file must be one array of objects, or have one object per"
                        + " line.");
        Files.writeString(
                directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": 0}\n{\"q\": " + "1".repeat(1001) + "}\n");
        assertRefused(
                TASK,
                "t.yaml:3:1: task t: d.jsonl:2:1009: not valid JSON: a number has 1001 digits; the limit is 1000."
                        + " A file must be one array of objects, or have one object per line.");
        Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": 0}\n{\"q\": \"x\", \"y\": \"b\"}\n");
        assertRefused(
                TASK,
                "t.yaml:3:1: task t: d.jsonl:2: y: the value is of type text, but other values of the column are not (whole, text). All"
                        + " values of a column must have one type.");
        Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"2024-01-01\", \"y\": 0}\n");
        assertRefused(
                TASK,
                "t.yaml:3:1: task t: d.jsonl:1: q: like every row of its column, this one has a time, which lm-eval would read as a"
                        + " date instead of text. Use another notation.");
        Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": 2}\n");
        assertRefused(TASK, "d.jsonl:1: task t: the right answer is 2, which is not one of the choices ['a', 'b'].");
        assertRefused(
                TASK.replace("{{q}}", "{{question}}"),
                "t.yaml:6:1: task t: doc_to_text: line 1: 'question' is undefined (d.jsonl:1).");
        assertRefused(
                TASK.replace("[\"a\", \"b\"]", "\"{{q}}\""),
                "t.yaml:7:1: task t: doc_to_choice returns x, which is not a Python list (d.jsonl:1).");
        assertRefused(
                TASK + "num_fewshot: 3\n",
                "t.yaml:1:1: task t: num_fewshot is 3, but there is only 1 document available.");
        Files.writeString(directory.resolve("d.jsonl"), "q,y\na,b,c\n");
        assertRefused(
                TASK.replace("dataset_path: json", "dataset_path: csv"),
                "t.yaml:3:1: task t: d.jsonl:2: the row has 3 fields, but the header has 2. Put fields that contain"
                        + " commas in quotes.");
    }

    private void assertRefusedRows(String yaml, String rows, String message) throws IOException {
        Files.writeString(directory.resolve("d.jsonl"), rows);
        assertRefused(yaml, message);
    }

    @Test
    void refusesRowsThatDiffer() throws IOException {
        String own = TASK.replace("[\"a\", \"b\"]", "c");
        assertRefusedRows(
                own,
                "{'q': 'x', 'y': 1, 'c': ['a', 'b']}\n{'q': 'z', 'y': 1, 'c': ['a']}\n".replace('\'', '"'),
                "d.jsonl:2: task t: the right answer is 1, which is not one of the choices ['a'].");
        assertRefusedRows(
                own,
                "{'q': 'x', 'y': -1, 'c': ['a', 'b']}\n".replace('\'', '"'),
                "d.jsonl:1: task t: the right answer is -1, which is not one of the choices ['a', 'b'].");
        assertRefusedRows(
                own,
                "{'q': 'x', 'y': 0, 'c': ['a', 'b']}\n{'q': 'z', 'y': 0, 'c': []}\n".replace('\'', '"'),
                "t.yaml:7:1: task t: doc_to_choice returns [], but must return a list of texts (d.jsonl:2).");
        assertRefusedRows(
                own,
                "{'q': 'x', 'y': 0, 'c': ['a', 'b']}\n{'q': 'z', 'c': ['a']}\n".replace('\'', '"'),
                "d.jsonl:2: task t: the right answer is None, which is not one of the choices ['a'].");
        assertRefusedRows(
                own,
                "{'q': 'x', 'y': [0], 'c': ['a', 'b']}\n{'q': 'z', 'y': [], 'c': ['a']}\n".replace('\'', '"'),
                "d.jsonl:2: task t: the document has no right answer: doc_to_target returns an empty list.");
        assertRefusedRows(
                GENERATE,
                "{'q': 'x', 'y': []}\n".replace('\'', '"'),
                "d.jsonl:1: task t: the document has no right answer: doc_to_target returns an empty list.");
        assertRefusedRows(
                GENERATE,
                "{'q': 'x', 'y': ['a']}\n{'q': 3, 'y': ['a']}\n".replace('\'', '"'),
                "t.yaml:3:1: task t: d.jsonl:2: q: the value is of type whole, but other values of the column are not (text,"
                        + " whole). All values of a column must have one type.");
        assertRefusedRows(
                GENERATE.replace("{{q}}", "q"),
                "{'q': 3, 'y': 'a'}\n".replace('\'', '"'),
                "d.jsonl:1: task t: doc_to_text returns 3, but must return text. Use a template, such as {{column}}.");
        assertRefusedRows(
                TASK + "process_docs: !function lm_eval.tasks.hellaswag.utils.process_docs\n",
                "{'q': 'x', 'y': 1}\n".replace('\'', '"'),
                "t.yaml:3:1: task t: d.jsonl:1: process_docs: there is no column ctx_a.");
    }

    @Test
    void readsDeepAndWideRows() throws IOException {
        String deep = "[".repeat(900) + "1" + "]".repeat(900);
        Files.writeString(
                directory.resolve("d.jsonl"),
                "{\"q\": \"" + "x".repeat(3_000_000) + "\", \"y\": 0, \"z\": " + deep + "}\n");
        assertThatCode(() -> read(TASK, null, null)).doesNotThrowAnyException();
    }

    @Test
    void findsDataBesideTheTemplateTheTaskOrTheProject() throws IOException {
        String template = TASK.replace("task: t\n", "");
        for (String place : List.of("shared", "tasks", ".")) {
            Path project = Files.createDirectories(directory.resolve("project-" + place.replace(".", "root")));
            Path tasks = Files.createDirectories(project.resolve("tasks"));
            Files.writeString(Files.createDirectories(project.resolve("shared")).resolve("base.yaml"), template);
            Files.writeString(tasks.resolve("t.yaml"), "include: ../shared/base.yaml\ntask: t\n");
            Path data = project.resolve(place).resolve("d.jsonl").normalize();
            Files.writeString(data, "{\"q\": \"x\", \"y\": 0}\n");
            TaskSet set =
                    TaskSet.read(List.of(new TaskSet.Source(tasks.resolve("t.yaml"), "tasks/t.yaml", null, null)));
            assertThat(set.files("t")).contains(data.toAbsolutePath().normalize());
        }
    }

    @Test
    void readsGroupsWithQuotedNamesAndTags() throws IOException {
        Files.writeString(directory.resolve("_base"), TASK.replace("task: t\n", ""));
        Files.writeString(
                directory.resolve("a.yaml"), "\"include\": \"_base\"\n\"task\": \"a\"\n\"tag\": [\"x\", y]\n");
        Files.createDirectories(directory.resolve("within"));
        Files.writeString(directory.resolve("within/b.yaml"), "include: ../_base\ntask: 'b' # b\ntag: x\n");
        Files.writeString(directory.resolve("within/broken.yaml"), "task: [\n");
        assertThat(read("group: g\ntask: [x]\n", null, null).tasks()).containsExactly("a", "b");
        assertThat(read("group: g\ntask:\n  - b\n  - {task: a, num_fewshot: 1}\n", null, null)
                        .tasks())
                .containsExactly("b", "a");
        assertRefused("group: g\ntask: [x, a]\n", "a.yaml:2:1: task a: duplicate name 'a'.");
        Files.writeString(directory.resolve("h.yaml"), "group: h\ntask: [a, g]\n");
        assertRefused("group: g\ntask: [b, h]\n", "h.yaml:2:11: group h: task: the group 'g' contains itself.");
    }

    @Test
    void knowsTheFunctionsOfAFileByItsDigest() throws IOException {
        String winogrande = TASK.replace("\"{{q}}\"", "!function preprocess_winogrande.doc_to_text")
                .replace("[\"a\", \"b\"]", "!function preprocess_winogrande.doc_to_choice");
        Files.writeString(directory.resolve("preprocess_winogrande.py"), "def doc_to_text(doc):\n    return 0\n");
        assertThatThrownBy(() -> read(winogrande, null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "t.yaml:6:14: task t: doc_to_text: !function preprocess_winogrande.doc_to_text is"
                                + " Python, which is not supported. Use a Jinja template. The built-in")
                .hasMessageContaining("\nt.yaml:7:16: task t: doc_to_choice: ");
        Files.delete(directory.resolve("preprocess_winogrande.py"));
        assertThatThrownBy(() -> read(winogrande, null, null))
                .hasMessageContaining("is Python, which is not supported");
        assertThatThrownBy(() -> read(
                        TASK + "process_docs: !function lm_eval.tasks.winogrande.preprocess_winogrande.doc_to_text\n",
                        null,
                        null))
                .hasMessageContaining("process_docs: !function lm_eval.tasks.winogrande");
    }

    @Test
    void namesEveryMistake() {
        assertRefused(
                TASK + "limit: 3\nrepeats: 0\n",
                "t.yaml:9:1: task t: unknown key 'limit'.\nt.yaml:10:1: task t: repeats must be a whole number, at least 1.");
        assertRefused("task: test\n", """
                t.yaml:1:1: task test: task: 'test' is reserved in scores. Choose another name.
                t.yaml:1:1: task test: doc_to_target is missing: the expected answer.
                t.yaml:1:1: task test: doc_to_text is missing: the question to the model.
                t.yaml:1:1: task test: dataset_path is missing: json or csv, with the files in dataset_kwargs.data_files.""");
    }

    @Test
    void refusesIncludesAndGroups() throws IOException {
        assertRefused("include: gone.yaml\n", "t.yaml:1:1: include: gone.yaml does not exist.");
        assertRefused("include: t.yaml\n", "t.yaml:1:1: include: t.yaml is this file itself.");
        assertRefused(
                "group: g\ntask: [gone]\n",
                "t.yaml:2:8: group g: task: no task, group or tag 'gone' exists in a YAML file beside t.yaml or in a"
                        + " directory below.");
        assertRefused("group: g\ntask: [g]\n", "t.yaml:2:8: group g: task: the group 'g' contains itself.");
        Files.writeString(directory.resolve("base.yaml"), TASK.replace("doc_to_target", "doc_to_targets"));
        assertRefused("include: base.yaml\ntask: u\n", """
                base.yaml:8:1: task u: unknown key 'doc_to_targets'. Did you mean 'doc_to_target'?
                t.yaml:2:1: task u: doc_to_target is missing: the expected answer.""");
    }

    @Test
    void limitsAndShots() throws IOException {
        assertThatCode(() -> read(TASK, 1, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> read(TASK + "num_fewshot: 0\n", 1, null))
                .hasMessage(
                        "t.yaml:9:1: task t: num_fewshot: the task itself sets 0, which fewShot does not override. Remove one of"
                                + " the two.");
    }

    @Test
    void saysWhatHasNoEffect() throws IOException {
        assertThat(read(TASK, null, null).notes()).isEmpty();
        assertThat(read(TASK + "should_decontaminate: true\ndoc_to_decontamination_query: q\n", null, null)
                        .notes())
                .containsExactly(
                        "t.yaml:10:1: doc_to_decontamination_query has no effect, as in lm-eval.",
                        "t.yaml:9:1: should_decontaminate has no effect, as in lm-eval.");
    }

    @Test
    void refusesTwoOfOneName() throws IOException {
        read(TASK, null, null);
        TaskSet.Source source = new TaskSet.Source(directory.resolve("t.yaml"), "t.yaml", null, null);
        assertThatThrownBy(() -> TaskSet.read(List.of(source, source))).hasMessage("t.yaml: duplicate name 't'.");
    }
}
