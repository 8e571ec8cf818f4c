package io.github.ftmaven.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.model.DType;
import org.junit.jupiter.api.Test;

class RemediesTest {
    private static final long GIB = 1L << 30;

    @Test
    void namesEachKeyThatSufficesAlone() {
        Setup setup = TestLlama.setup(TestLlama.B1, DType.F32, 512, "training.microBatchTokens: 512");
        assertThat(MemoryPlan.of(setup, 5 * GIB).fits()).isFalse();
        assertThat(Remedies.of(setup, 5 * GIB))
                .extracting(Remedy::shown)
                .containsExactly("training.precision: bfloat16", "base.quantization: int8", "base.quantization: nf4");
        assertThat(Remedies.of(setup, 5 * GIB))
                .allSatisfy(each -> assertThat(each.peak()).isLessThan(5 * GIB));
    }

    @Test
    void joinsKeysWhereNoneSufficesAlone() {
        Setup setup = TestLlama.setup(TestLlama.B8, DType.F32, 2048, "training.gradientCheckpointing: off");
        assertThat(Remedies.of(setup, 10 * GIB))
                .isNotEmpty()
                .allSatisfy(
                        each -> assertThat(each.changes()).hasSizeGreaterThan(1).contains("base.quantization: nf4"));
    }

    @Test
    void shortensExamplesToWhatFits() {
        Setup setup = TestLlama.setup(TestLlama.M110, DType.BF16, 8192, "base.quantization: nf4");
        Remedy remedy = Remedies.of(setup, GIB).get(0);
        assertThat(remedy.shown()).startsWith("dataset.maxLength: ");
        long length = Long.parseLong(remedy.shown().substring("dataset.maxLength: ".length()));
        assertThat(length % 16).isZero();
        assertThat(MemoryPlan.of(setup.with(8192, length), GIB).fits()).isTrue();
        assertThat(MemoryPlan.of(setup.with(8192, length + 64), GIB).fits()).isFalse();
    }

    @Test
    void knowsWhenNothingHelps() {
        assertThat(Remedies.of(TestLlama.setup(TestLlama.B8, DType.F32, 2048), GIB))
                .isEmpty();
    }
}
