package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ftmaven.runtime.NewJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tensors of a step, as the plan counts them, against what a process takes that gives every freed one back. */
class TrainingPeakTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"F32, NONE, off, 2, 512", "F32, NONE, off, 6, 160", "BF16, NONE, off, 2, 512", "F32, NF4, off, 2, 512"})
    void stepsTakeWhatThePlanSays(String type, String format, String recompute, int sequences, int length)
            throws Exception {
        assumeTrue(
                Files.isReadable(Path.of("/proc/self/clear_refs")), "only Linux tells the peak of a part of a process");
        Path config = Files.writeString(directory.resolve("config.json"), """
                {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 1000, "hidden_size": 384,
                 "intermediate_size": 1024, "num_hidden_layers": 6, "num_attention_heads": 6, "num_key_value_heads": 6,
                 "head_dim": 64, "max_position_embeddings": 2048, "rms_norm_eps": 1e-05, "hidden_act": "silu",
                 "tie_word_embeddings": true, "rope_theta": 10000.0, "bos_token_id": 1, "eos_token_id": 2}
                """);
        String output = NewJvm.run(
                directory,
                Duration.ofMinutes(5),
                Map.of("MALLOC_MMAP_THRESHOLD_", "262144"),
                TrainingPeak.class,
                "small",
                config.toString(),
                type,
                format,
                recompute,
                String.valueOf(sequences),
                String.valueOf(length),
                "2");
        String[] numbers = output.lines()
                .filter(line -> line.startsWith("step "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output))
                .split(" ", -1);
        long planned = Long.parseLong(numbers[1]);
        long measured = Long.parseLong(numbers[2]);
        assertThat(planned).isGreaterThan(60L << 20).isCloseTo(measured, Percentage.withPercentage(20));
    }
}
