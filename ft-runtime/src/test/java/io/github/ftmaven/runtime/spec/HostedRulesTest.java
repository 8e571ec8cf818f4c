package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostedRulesTest {
    private static final String ADVICE = " cannot honour it; remove the key, or choose another training.runner";

    private static TestSpec together(String... lines) {
        return new TestSpec()
                .set("base.model: hf:tiny/Llama@abc", "dataset.template: auto")
                .set("training.runner: together", "runner.together.apiKeyEnvironment: KEY")
                .set(lines);
    }

    private static TestSpec openAi(String... lines) {
        return new TestSpec()
                .set("base.model: hf:tiny/Llama@abc", "dataset.template: auto")
                .set("training.runner: openai", "runner.openai.server: nebius")
                .set("runner.openai.url: https://api.tokenfactory.nebius.com/v1")
                .set(lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base.initialize: random",
                "base.quantization: nf4",
                "dataset.template: chatml",
                "dataset.templateArguments: {enable_thinking: false}",
                "dataset.endToken: </s>",
                "adapter.method: dora",
                "adapter.exclude: [q_proj]",
                "adapter.layers: [1]",
                "adapter.patterns: [{modules: q_proj, rank: 2}]",
                "training.optimizer: adamw",
                "training.microBatchTokens: 8192",
                "training.gradientCheckpointing: on",
                "training.offload: none",
                "training.precision: float32",
                "training.deterministic: true",
                "training.checkpointEvery: 7"
            })
    void refusesWhatNoServiceCanHonour(String line) {
        String key = line.substring(0, line.indexOf(':'));
        refused(together(line), key + ": Together" + ADVICE);
        refused(openAi(line), key + ": the OpenAI protocol" + ADVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base.quantization: none",
                "dataset.template: auto",
                "adapter.method: lora",
                "adapter.layers: []",
                "training.precision: auto",
                "training.deterministic: false",
                "training.validateEvery: 0"
            })
    void takesValuesThatAskForNothing(String line) {
        assertThat(together(line).spec().training().run().runner()).isEqualTo(Runner.TOGETHER);
        assertThat(openAi(line).spec().training().run().runner()).isEqualTo(Runner.OPENAI);
    }

    @Test
    void aServiceAveragesNoReplicas() {
        String[] keys = {"training.localSteps: 10", "training.replicas: 2"};
        for (String key : List.of("training.localSteps", "training.replicas")) {
            refused(together(keys), key + ": Together" + ADVICE);
            refused(openAi(keys), key + ": the OpenAI protocol" + ADVICE);
        }
    }

    @Test
    void saysWhere() {
        assertThatThrownBy(() -> together("training.optimizer: adafactor", "training.epochs: 1.5")
                        .spec())
                .hasMessageMatching("(?s)fine-tune.yaml:\\d+:\\d+: training.optimizer: .*\nfine-tune.yaml:\\d+:\\d+:"
                        + " training.epochs is 1.5, but Together trains for whole epochs; round it.*");
    }

    /** A local training may set all of them, beside an account that it does not use. */
    @Test
    void leavesOtherRunnersAlone() {
        FineTuneSpec spec = together(
                        "training.runner: local", "training.optimizer: adafactor", "training.schedule: constant")
                .spec();
        assertThat(spec.training().run().runner()).isEqualTo(Runner.LOCAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.schedule: constant | training.schedule: Together cannot honour it",
                "adapter.targets: .*q_proj | adapter.targets: Together cannot honour it",
                "training.epochs: 1.5 | training.epochs is 1.5, but Together trains for whole epochs; round it",
                "training.seed: 2147483648 | training.seed is more than 2147483647, the most that Together takes",
                "base.model: base | runner.together.model is missing: Together knows models of the hub by their names"
            })
    void refusesWhatTogetherCannot(String line, String message) {
        refused(together(line), message);
    }

    @Test
    void wantsAKeyAndAUrl() {
        TestSpec chosen = new TestSpec().set("base.model: hf:tiny/Llama@abc", "dataset.template: auto");
        refused(
                chosen.set("training.runner: together", "runner.together.maxPrice: 3"),
                "runner.together names no API key; add apiKeyEnvironment");
        refused(
                chosen.set("training.runner: openai", "runner.openai.server: nebius"),
                "runner.openai.url is missing: the base URL of the service");
    }

    @Test
    void letsTheServiceNameItsBase() {
        FineTuneSpec spec = together(
                        "base.model: base", "runner.together.model: their/Base", "adapter.targets: [q_proj]")
                .spec();
        assertThat(spec.outside().runner()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.schedule: cosine | training.schedule: the OpenAI protocol cannot honour it",
                "adapter.targets: [q_proj] | adapter.targets: the OpenAI protocol cannot honour it",
                "adapter.alpha: 1.5 | adapter.alpha is 1.5 as lora_alpha, but the OpenAI protocol takes whole numbers",
                "training.seed: 2147483648 | training.seed is more than 2147483647, the most that the OpenAI protocol takes"
            })
    void refusesWhatTheOpenAiProtocolCannot(String line, String message) {
        refused(openAi(line), message);
    }

    private static void refused(TestSpec spec, String message) {
        assertThatThrownBy(spec::spec)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .hasMessageMatching("(?s)fine-tune.yaml:\\d+:\\d+: .*");
    }
}
