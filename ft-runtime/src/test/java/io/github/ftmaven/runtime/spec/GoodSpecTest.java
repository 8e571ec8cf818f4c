package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Adapter;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Answers;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Artifact;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Base;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Baseline;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Columns;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Dataset;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Evaluation;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Format;
import io.github.ftmaven.runtime.spec.FineTuneSpec.GradientCheckpointing;
import io.github.ftmaven.runtime.spec.FineTuneSpec.HarnessTask;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Initialization;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Judge;
import io.github.ftmaven.runtime.spec.FineTuneSpec.LongExamples;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Method;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Metric;
import io.github.ftmaven.runtime.spec.FineTuneSpec.OnInconclusive;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Optimizer;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Quantization;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Rule;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Schedule;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Severity;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Targets;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Template;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Training;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Validation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Valid specs give the records they say. */
class GoodSpecTest {
    static final Path DIRECTORY = Path.of("src/test/resources/spec/good");

    private static final FineTuneSpec MINIMAL = new FineTuneSpec(
            null,
            new Base(
                    "models/tiny",
                    Initialization.PRETRAINED,
                    Quantization.NONE,
                    FineTuneSpec.DoubleQuantization.ON,
                    List.of()),
            new Dataset(
                    List.of("data/train.jsonl"),
                    new Validation(0, List.of()),
                    List.of("data/test.jsonl"),
                    null,
                    null,
                    List.of(),
                    Answers.VERBATIM,
                    Template.AUTO,
                    null,
                    "auto",
                    null,
                    LongExamples.ERROR,
                    FineTuneSpec.Overlap.ERROR,
                    FineTuneSpec.Sameness.NORMALIZED,
                    FineTuneSpec.Learn.EVERY_ANSWER),
            new Adapter(
                    Method.LORA,
                    16,
                    32,
                    FineTuneSpec.Scaling.STANDARD,
                    0,
                    new Targets(true, List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    null),
            new Training(
                    3,
                    2e-4,
                    16,
                    8192,
                    Optimizer.ADAMW,
                    Schedule.COSINE,
                    0.05,
                    0,
                    1,
                    GradientCheckpointing.AUTO,
                    42,
                    0,
                    0,
                    100),
            new Evaluation(
                    List.of(Metric.ACCURACY, Metric.MACRO_F1),
                    List.of(Baseline.ZERO_SHOT),
                    null,
                    FineTuneSpec.Lenient.OFF,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    64),
            List.of(),
            new Artifact(
                    List.of(Format.PEFT),
                    null,
                    5000,
                    FineTuneSpec.Docker.NONE,
                    null,
                    new FineTuneSpec.Licences(null, null, null)));

    private static Map<String, JsonNode> arguments(String json) {
        try {
            return new JsonMapper().readValue(json, new TypeReference<Map<String, JsonNode>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void fillsInTheDefaults() {
        assertThat(read("minimal")).isEqualTo(MINIMAL);
    }

    @Test
    void readsEveryKey() {
        assertThat(read("complete"))
                .isEqualTo(new FineTuneSpec(
                        "clause-triage",
                        new Base(
                                "../models/tiny",
                                Initialization.RANDOM,
                                Quantization.INT8,
                                FineTuneSpec.DoubleQuantization.OFF,
                                List.of("router_bias", "text_config.mtp_depth")),
                        new Dataset(
                                List.of("data/a.jsonl", "data/b-*.csv"),
                                new Validation(0, List.of("data/validation.jsonl")),
                                List.of("data/test.jsonl"),
                                "You label insurance clauses.",
                                new Columns("question", null, "answer"),
                                List.of(),
                                Answers.WORDS,
                                Template.QUESTION,
                                arguments(
                                        "{\"enable_thinking\": false, \"date\": \"2024\", \"tries\": 3, \"ratio\": 0.5,"
                                                + " \"tags\": [\"a\", 1], \"nested\": {\"none\": null}}"),
                                "<|im_end|>",
                                512,
                                LongExamples.DROP,
                                FineTuneSpec.Overlap.ERROR,
                                FineTuneSpec.Sameness.NORMALIZED,
                                FineTuneSpec.Learn.LAST_ANSWER),
                        new Adapter(
                                Method.LORA,
                                8,
                                12.5,
                                FineTuneSpec.Scaling.RANK_STABILIZED,
                                0.05,
                                new Targets(false, List.of("q_proj", "v_proj")),
                                List.of("layers.1.self_attn.v_proj"),
                                List.of(0, 2),
                                List.of(new FineTuneSpec.ModulePattern("self_attn\\.q_proj", 4, 8.5)),
                                null),
                        new Training(
                                0.5,
                                5e-3,
                                32,
                                4096,
                                Optimizer.ADAFACTOR,
                                Schedule.LINEAR,
                                0,
                                0.01,
                                0,
                                GradientCheckpointing.ON,
                                9007199254740993L,
                                50,
                                3,
                                10),
                        new Evaluation(
                                List.of(Metric.MACRO_F1),
                                List.of(
                                        Baseline.ZERO_SHOT,
                                        new Baseline("prompt.txt", 3, FineTuneSpec.Select.NEAREST, null),
                                        new Baseline(
                                                null,
                                                0,
                                                FineTuneSpec.Select.RANDOM,
                                                new Baseline.Rag(List.of("docs/*.md"), 2))),
                                "suite.yaml",
                                FineTuneSpec.Lenient.ON,
                                new Judge("llama", "http://localhost:8000/v1", "JUDGE_KEY", "e5"),
                                "answer.schema.json",
                                "general.txt",
                                List.of(
                                        new HarnessTask("tasks/a.yaml", null, null),
                                        new HarnessTask("tasks/b.yaml", 2, 10)),
                                16,
                                1),
                        List.of(
                                new Rule("macro-f1", 0.9, null, null, null, null, null, null, null, null),
                                new Rule("macro-f1", null, null, "base", 0.05, null, null, null, null, null),
                                new Rule(
                                        "macro-f1",
                                        null,
                                        null,
                                        "released",
                                        null,
                                        0.01,
                                        0.9,
                                        Map.of("lang", "de", "year", "2024"),
                                        Severity.WARN,
                                        OnInconclusive.WARN)),
                        new Artifact(
                                List.of(Format.PEFT),
                                null,
                                5000,
                                FineTuneSpec.Docker.NONE,
                                null,
                                new FineTuneSpec.Licences(null, null, null))));
    }

    @Test
    void readsEveryForm() {
        assertThat(read("forms"))
                .isEqualTo(new FineTuneSpec(
                        "yes",
                        new Base(
                                "123",
                                Initialization.PRETRAINED,
                                Quantization.NONE,
                                FineTuneSpec.DoubleQuantization.ON,
                                List.of()),
                        new Dataset(
                                List.of("on"),
                                new Validation(0, List.of("data/held-out.jsonl")),
                                List.of("12:30:45"),
                                "First line.\nSecond line.\n",
                                null,
                                List.of(),
                                Answers.VERBATIM,
                                Template.AUTO,
                                null,
                                "auto",
                                null,
                                LongExamples.ERROR,
                                FineTuneSpec.Overlap.ERROR,
                                FineTuneSpec.Sameness.NORMALIZED,
                                FineTuneSpec.Learn.EVERY_ANSWER),
                        new Adapter(
                                Method.LORA,
                                10,
                                16,
                                FineTuneSpec.Scaling.STANDARD,
                                0,
                                new Targets(false, List.of("q_proj")),
                                List.of(),
                                List.of(),
                                List.of(),
                                null),
                        new Training(
                                10,
                                0.5,
                                4,
                                8192,
                                Optimizer.ADAMW,
                                Schedule.COSINE,
                                0.05,
                                0.25,
                                0.25,
                                GradientCheckpointing.OFF,
                                15,
                                0,
                                0,
                                100),
                        new Evaluation(
                                List.of(Metric.ACCURACY),
                                List.of(),
                                null,
                                FineTuneSpec.Lenient.OFF,
                                null,
                                null,
                                null,
                                List.of(),
                                null,
                                64),
                        List.of(),
                        new Artifact(
                                List.of(Format.PEFT),
                                null,
                                5000,
                                FineTuneSpec.Docker.NONE,
                                null,
                                new FineTuneSpec.Licences(null, null, null))));
    }

    @Test
    void readsAFullFineTune() {
        FineTuneSpec spec = read("full");
        assertThat(spec.adapter().method()).isEqualTo(Method.FULL);
        assertThat(spec.dataset().validation()).isEqualTo(new Validation(0.25, List.of()));
        assertThat(spec.training().earlyStopping()).isEqualTo(2);
        assertThat(spec.training().gradientCheckpointing()).isEqualTo(GradientCheckpointing.OFF);
    }

    static FineTuneSpec read(String name) {
        return SpecReader.read(DIRECTORY.resolve(name + ".yaml"));
    }
}
