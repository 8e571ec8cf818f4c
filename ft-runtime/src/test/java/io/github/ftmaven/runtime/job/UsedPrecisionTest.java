package io.github.ftmaven.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hardware.Gpu;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsedPrecisionTest {
    private static final Optional<Gpu> OLD = Optional.of(new Gpu("Tesla T4", "570.86.15", 75));

    @ParameterizedTest
    @CsvSource({
        "auto, lora, cpu, F32",
        "auto, lora, cuda, BF16",
        "auto, dora, cuda, BF16",
        "auto, full, cuda, F32",
        "float32, lora, cuda, F32",
        "float32, full, cpu, F32",
        "bfloat16, lora, cpu, BF16",
        "bfloat16, lora, cuda, BF16"
    })
    void dependsOnTheSpecAndTheDevice(String precision, String method, String device, DType expected) {
        assertThat(UsedPrecision.of(spec(precision, method), device, Optional::empty))
                .isEqualTo(expected);
    }

    @Test
    void anOldGpuHasOnlyFloat32() {
        assertThat(UsedPrecision.of(spec("auto", "lora"), "cuda", () -> OLD)).isEqualTo(DType.F32);
        assertThatThrownBy(() -> UsedPrecision.of(spec("bfloat16", "lora"), "cuda", () -> OLD))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("training.precision: bfloat16: needs a GPU of compute capability 8.0 or later, but Tesla T4"
                        + " has 7.5. Write auto or float32, or set -Dft.device=cpu.");
        assertThat(UsedPrecision.of(spec("bfloat16", "lora"), "cpu", () -> OLD)).isEqualTo(DType.BF16);
    }

    @Test
    void isNamedAsInTheSpec() {
        assertThat(UsedPrecision.word(DType.F32)).isEqualTo("float32");
        assertThat(UsedPrecision.word(DType.BF16)).isEqualTo("bfloat16");
    }

    @Test
    void theWarningTellsWhatWasMeasured() {
        assertThat(SlowPrecision.text(3.14159))
                .isEqualTo("This processor has no instructions for bfloat16 (amx_bf16 or avx512_bf16): a product of"
                        + " matrices takes 3.1 times as long as in float32, measured just now.");
    }

    private static FineTuneSpec spec(String precision, String method) {
        return TestSpec.with("training.precision: " + precision, "adapter.method: " + method);
    }
}
