package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid specs give the records they say. */
class GoodSpecTest {
    static final Path DIRECTORY = Path.of("src/test/resources/spec/good");

    /** Beside each file stands every value of it, defaults included. */
    @ParameterizedTest
    @ValueSource(strings = {"minimal", "complete", "forms", "full"})
    void readsEveryValue(String name) throws IOException {
        String fields = FlatSpec.flatten(read(name)).entrySet().stream()
                .map(field -> field.getKey() + " = " + field.getValue().replace("\n", "\\n"))
                .collect(Collectors.joining("\n"));
        Golden.assertSame(DIRECTORY.resolve(name + ".fields"), fields);
    }

    @Test
    void fillsInTheDefaults() {
        FineTuneSpec spec = read("minimal");
        assertThat(spec.name()).isNull();
        assertThat(spec.base().doubleQuantization()).isTrue();
        assertThat(spec.dataset().validation()).isEqualTo(new Validation(0, List.of()));
        assertThat(spec.dataset().rendering())
                .isEqualTo(new RenderingSpec(TemplateChoice.AUTO, null, "auto"))
                .extracting(RenderingSpec::arguments)
                .isEqualTo(Map.of());
        assertThat(spec.adapter().lora()).isEqualTo(new LoraSpec(16, 32, Scaling.STANDARD, 0));
        assertThat(spec.adapter().modules())
                .isEqualTo(new ModulesSpec(new Targets(true, List.of()), List.of(), List.of(), List.of()));
        assertThat(spec.training().optimization())
                .isEqualTo(new OptimizationSpec(2e-4, Optimizer.ADAMW, Schedule.COSINE, 0.05, 0, 1));
        assertThat(spec.evaluation().baselines()).containsExactly(Baseline.ZERO_SHOT);
        assertThat(spec.evaluation().promptfoo()).isEqualTo(new SuiteSpec(null, false, null));
        assertThat(spec.acceptance()).isEmpty();
        assertThat(spec.artifact().licenses()).isEqualTo(new Licenses(null, null, null));
    }

    @Test
    void readsEveryGroup() {
        FineTuneSpec spec = read("complete");
        assertThat(spec.base().doubleQuantization()).isFalse();
        assertThat(spec.dataset().rows())
                .isEqualTo(new RowsSpec(new RowColumns("question", null, "answer"), List.of(), Spelling.WORDS));
        assertThat(spec.dataset().length()).isEqualTo(new LengthSpec(512, LongExamples.DROP));
        assertThat(spec.dataset().leaks()).isEqualTo(new LeaksSpec(Overlap.ERROR, Sameness.NORMALIZED));
        assertThat(spec.adapter().modules())
                .isEqualTo(new ModulesSpec(
                        new Targets(false, List.of("q_proj", "v_proj")),
                        List.of("layers.1.self_attn.v_proj"),
                        List.of(0, 2),
                        List.of(new ModulePattern("self_attn\\.q_proj", 4, 8.5))));
        assertThat(spec.training().validation()).isEqualTo(new ValidationSchedule(50, 3));
        assertThat(spec.training().seed()).isEqualTo(9007199254740993L);
        assertThat(spec.evaluation().promptfoo())
                .isEqualTo(new SuiteSpec(
                        "suite.yaml", true, new Judge("llama", "http://localhost:8000/v1", "JUDGE_KEY", "e5")));
        assertThat(spec.evaluation().answers()).isEqualTo(new AnswersSpec(16, 1));
        assertThat(spec.evaluation().baselines())
                .containsExactly(
                        Baseline.ZERO_SHOT,
                        new Baseline("prompt.txt", 3, Select.NEAREST, null),
                        new Baseline(null, 0, Select.RANDOM, new Rag(List.of("docs/*.md"), 2)));
        assertThat(spec.acceptance())
                .last()
                .isEqualTo(new Rule(
                        "macro-f1",
                        new Limits(null, null),
                        new ComparisonSpec("released", null, 0.01),
                        0.9,
                        Map.of("lang", "de", "year", "2024"),
                        Severity.WARN,
                        OnInconclusive.WARN));
    }

    @Test
    void readsAFullFineTune() {
        FineTuneSpec spec = read("full");
        assertThat(spec.adapter().method()).isEqualTo(Method.FULL);
        assertThat(spec.dataset().validation()).isEqualTo(new Validation(0.25, List.of()));
        assertThat(spec.training().validation().earlyStopping()).isEqualTo(2);
        assertThat(spec.training().gradientCheckpointing()).isEqualTo(GradientCheckpointing.OFF);
    }

    static FineTuneSpec read(String name) {
        return SpecReader.read(DIRECTORY.resolve(name + ".yaml"));
    }
}
