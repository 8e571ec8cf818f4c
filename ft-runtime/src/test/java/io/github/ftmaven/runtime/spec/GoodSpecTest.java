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
    @ValueSource(strings = {"minimal", "complete", "forms", "full", "distill", "runner"})
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
        assertThat(spec.dataset().validation()).isEqualTo(new HeldOut(0, List.of(), null));
        assertThat(spec.dataset().rendering().template()).isEqualTo(TemplateChoice.AUTO);
        assertThat(spec.dataset().rendering().arguments()).isEmpty();
        assertThat(spec.adapter().lora().rank()).isEqualTo(16);
        assertThat(spec.adapter().modules().targets()).isEqualTo(new Targets(true, List.of()));
        assertThat(spec.training().optimization().learningRate()).isEqualTo(2e-4);
        assertThat(spec.evaluation().baselines()).containsExactly(Baseline.ZERO_SHOT);
        assertThat(spec.evaluation().promptfoo().lenient()).isFalse();
        assertThat(spec.evaluation().promptfoo().judge()).isNull();
        assertThat(spec.acceptance()).isEmpty();
    }

    @Test
    void readsEveryKindOfValue() {
        FineTuneSpec spec = read("complete");
        assertThat(spec.base().doubleQuantization()).isFalse();
        assertThat(spec.dataset().rows().columns()).isEqualTo(new RowColumns("question", null, "answer"));
        assertThat(spec.dataset().length().maxLength()).isEqualTo(512);
        assertThat(spec.dataset().leaks().sameQuestion()).isEqualTo(Sameness.NORMALIZED);
        assertThat(spec.adapter().modules().layers()).containsExactly(0, 2);
        assertThat(spec.adapter().modules().patterns())
                .containsExactly(new ModulePattern("self_attn\\.q_proj", 4, 8.5));
        assertThat(spec.training().seed()).isEqualTo(9007199254740993L);
        assertThat(spec.evaluation().promptfoo().judge())
                .isEqualTo(new Judge("llama", "http://localhost:8000/v1", "JUDGE_KEY", "e5"));
        assertThat(spec.evaluation().baselines())
                .containsExactly(
                        Baseline.ZERO_SHOT,
                        new Baseline("prompt.txt", 3, Select.NEAREST, null),
                        new Baseline(null, 0, Select.RANDOM, new Rag(List.of("docs/*.md"), 2)));
        Rule rule = spec.acceptance().get(2);
        assertThat(rule.comparison()).isEqualTo(new ComparisonSpec("released", null, 0.01));
        assertThat(rule.slice()).isEqualTo(Map.of("lang", "de", "year", "2024"));
        assertThat(rule.onlyWarns()).isTrue();
    }

    @Test
    void readsAFullFineTune() {
        FineTuneSpec spec = read("full");
        assertThat(spec.adapter().method()).isEqualTo(Method.FULL);
        assertThat(spec.dataset().validation()).isEqualTo(new HeldOut(0.25, List.of(), null));
        assertThat(spec.dataset().test()).isEqualTo(new HeldOut(0.2, List.of(), null));
        assertThat(spec.dataset().leaks().split()).isEqualTo(new SplitSpec(7L, "contract", null, null));
        assertThat(spec.training().validation().earlyStopping()).isEqualTo(2);
        assertThat(spec.training().memory().gradientCheckpointing()).isEqualTo(GradientCheckpointing.OFF);
    }

    static FineTuneSpec read(String name) {
        return SpecReader.read(DIRECTORY.resolve(name + ".yaml"));
    }
}
