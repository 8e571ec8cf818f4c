package io.github.ftmaven.runtime.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import org.junit.jupiter.api.Test;

class ServiceBodyTest {
    private static final JobKey KEY = new JobKey(HostedFixture.STAMP);

    private static ObjectNode together(String... lines) {
        return TogetherBody.of(spec(lines), "m", KEY, true);
    }

    private static ObjectNode openAi(String... lines) {
        return OpenAiBody.of(spec(lines), "m", KEY);
    }

    private static FineTuneSpec spec(String... lines) {
        return new TestSpec().set("dataset.validation: 0.1").set(lines).spec();
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
