package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.SpecReader;
import io.github.ftmaven.runtime.suite.ProviderSpec;
import io.github.ftmaven.runtime.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecSuiteTest {
    @TempDir
    Path directory;

    @Test
    void aSuiteWithoutProvidersAsksTheTunedModelAndItsBase() throws IOException {
        assertThat(read("lenient: off", "tests: [{assert: [{type: contains, value: a}]}]")
                        .providers())
                .extracting(ProviderSpec::type)
                .containsExactly("ft:tuned", "ft:base");
    }

    @Test
    void whatPromptfooPassesOverIsAnErrorUnlessTheSpecIsLenient() throws IOException {
        String suite = "tests: [{vars: {x: a}}]";
        assertThatThrownBy(() -> read("lenient: off", suite))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("this test has no assertion, so any answer would pass. Add assert.");
        assertThat(read("lenient: true", suite).warnings())
                .anyMatch(warning -> warning.contains("this test has no assertion"));
    }

    @Test
    void refusesAModelThatTheSpecHasNot() {
        assertThatThrownBy(() -> read(
                        "baselines: [{fewShot: 3}]",
                        "providers: ['ft:few-shot 2']\ntests: [{assert: [{type: contains, value: a}]}]"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("s.yaml: the provider ft:few-shot 2 is not a model of this spec. The models are"
                        + " ft:tuned, ft:base,"
                        + " ft:few-shot 3; evaluation.baselines adds more. Did you mean 'ft:few-shot 3'?");
    }

    private Suite read(String evaluation, String suite) throws IOException {
        Files.writeString(directory.resolve("s.yaml"), "prompts: [a]\n" + suite + "\n");
        Path spec = Files.writeString(
                directory.resolve("ft.yaml"),
                "base: {model: m}\ndataset: {train: a.jsonl, test: b.jsonl}\nevaluation:\n  suite: s.yaml\n  "
                        + evaluation + "\n");
        return SpecSuite.read(SpecReader.read(spec), directory, file -> String.valueOf(file.getFileName()), Map.of())
                .orElseThrow();
    }
}
