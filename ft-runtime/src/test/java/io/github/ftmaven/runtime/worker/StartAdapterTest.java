package io.github.ftmaven.runtime.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.DType;
import org.junit.jupiter.api.Test;

class StartAdapterTest {
    @Test
    void refusesOnePrecisionForAnother() {
        assertThatThrownBy(() -> StartAdapter.requirePrecision(DType.BF16, DType.F32, "adapter.startFrom (a)"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("adapter.startFrom (a): was trained in bfloat16, but this training computes in float32."
                        + " Write training.precision: bfloat16.");
        assertThatThrownBy(() -> StartAdapter.requirePrecision(DType.F32, DType.BF16, "adapter.startFrom (a)"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("adapter.startFrom (a): was trained in float32, but this training computes in bfloat16."
                        + " Write training.precision: float32.");
        assertThatCode(() -> StartAdapter.requirePrecision(DType.BF16, DType.BF16, "a"))
                .doesNotThrowAnyException();
    }
}
