package io.github.ftmaven.runtime.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceBodyTest {
    private static final JobKey KEY = new JobKey(HostedFixture.STAMP);

    private static ObjectNode together(String... lines) {
        return TogetherBody.of(spec(lines), keys(lines), "m", KEY, true);
    }

    private static ObjectNode openAi(String... lines) {
        return OpenAiBody.of(spec(lines), keys(lines), "m", KEY);
    }

    private static FineTuneSpec spec(String... lines) {
        return new TestSpec().set("dataset.validation: 0.1").set(lines).spec();
    }

    private static Set<String> keys(String... lines) {
        return Set.copyOf(Arrays.stream(lines)
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList());
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
                "training.offload: layers",
                "training.precision: float32",
                "training.deterministic: true",
                "training.validateEvery: 5",
                "training.earlyStopping: 2",
                "training.checkpointEvery: 7"
            })
    void refusesWhatNoServiceCanHonour(String line) {
        String key = line.substring(0, line.indexOf(':'));
        for (String service : new String[] {"Together", "The OpenAI protocol"}) {
            assertThatThrownBy(() -> {
                        if (service.equals("Together")) {
                            together(line);
                        } else {
                            openAi(line);
                        }
                    })
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(key + ": " + service + " cannot honour it. Remove the key, or train with another"
                            + " training.runner.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base.quantization: none",
                "dataset.template: auto",
                "adapter.layers: []",
                "training.precision: auto",
                "training.deterministic: false",
                "training.validateEvery: 0"
            })
    void takesValuesThatAskForNothing(String line) {
        assertThat(together("dataset.template: auto", line).path("n_evals").asInt())
                .isEqualTo(3);
        assertThat(openAi(line).has("hyperparameters")).isTrue();
    }

    @Test
    void namesAllKeysAtOnce() {
        assertThatThrownBy(() -> together(
                        "training.optimizer: adafactor", "training.epochs: 1.5", "training.schedule: constant"))
                .hasMessage("training.optimizer: Together cannot honour it. Remove the key, or train with another"
                        + " training.runner.\ntraining.epochs is 1.5, but Together trains for whole epochs. Round"
                        + " it.\ntraining.schedule: Together cannot honour it. Remove the key, or train with another"
                        + " training.runner.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adapter.targets: .*q_proj | adapter.targets: Together cannot honour it. Remove the key, or train with another training.runner.",
                "training.seed: 2147483648 | training.seed is more than 2147483647, the most that Together takes."
            })
    void refusesWhatTogetherCannot(String line, String message) {
        assertThatThrownBy(() -> together(line)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.schedule: cosine | training.schedule: The OpenAI protocol cannot honour it. Remove the key, or train with another training.runner.",
                "adapter.targets: [q_proj] | adapter.targets: The OpenAI protocol cannot honour it. Remove the key, or train with another training.runner.",
                "adapter.alpha: 1.5 | adapter.alpha is 1.5 as lora_alpha, but the OpenAI protocol takes whole numbers. Change alpha, or scaling.",
                "training.seed: 2147483648 | training.seed is more than 2147483647, the most that the OpenAI protocol takes."
            })
    void refusesWhatTheOpenAiProtocolCannot(String line, String message) {
        assertThatThrownBy(() -> openAi(line)).hasMessage(message);
    }

    @Test
    void honoursTheRest() {
        ObjectNode body = together(
                "training.schedule: linear",
                "training.weightDecay: 0.01",
                "training.maxGradientNorm: 0",
                "training.warmup: 0.1",
                "training.learningRate: 1.0e-3",
                "adapter.targets: [v_proj, q_proj]",
                "adapter.scaling: rank-stabilized",
                "adapter.rank: 16",
                "adapter.alpha: 32",
                "adapter.dropout: 0.1",
                "dataset.maxLength: 512");
        assertThat(body.path("lr_scheduler").toString())
                .isEqualTo("{\"lr_scheduler_type\":\"linear\",\"lr_scheduler_args\":{\"min_lr_ratio\":0}}");
        assertThat(body.path("weight_decay").asDouble()).isEqualTo(0.01);
        assertThat(body.path("max_grad_norm").asDouble()).isZero();
        assertThat(body.path("warmup_ratio").asDouble()).isEqualTo(0.1);
        assertThat(body.path("learning_rate").asDouble()).isEqualTo(1e-3);
        assertThat(body.path("max_seq_length").asInt()).isEqualTo(512);
        // The same scale by alpha / rank.
        assertThat(body.path("training_type").toString())
                .isEqualTo("{\"type\":\"Lora\",\"lora_r\":16,\"lora_alpha\":128,\"lora_dropout\":0.1,"
                        + "\"lora_trainable_modules\":\"v_proj,q_proj\"}");
        assertThat(openAi("dataset.maxLength: 512")
                        .path("hyperparameters")
                        .path("context_length")
                        .asInt())
                .isEqualTo(512);
    }
}
