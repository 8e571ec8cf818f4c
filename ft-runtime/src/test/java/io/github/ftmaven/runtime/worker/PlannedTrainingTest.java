package io.github.ftmaven.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.memory.Batch;
import io.github.ftmaven.runtime.memory.Setup;
import io.github.ftmaven.runtime.memory.TestLlama;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.training.LargestBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedTrainingTest {
    private static final long GIB = 1L << 30;
    private static final LargestBatch LARGEST = new LargestBatch(List.of(), new Batch(4096, 512, 2000));

    @Test
    void keepsToTheSpecWhereItFits() {
        Setup setup = TestLlama.setup(TestLlama.M110, DType.F32, 512, "training.microBatchTokens: 4096");
        PlannedTraining planned = PlannedTraining.of(setup, LARGEST, 32 * GIB, false);
        assertThat(planned.plan().isSmallerThan(setup)).isFalse();
        assertThat(planned.plan().passes().recompute()).isFalse();
        assertThat(planned.rehearses()).isFalse();
        assertThat(planned.estimate()).isBetween(3 * GIB, 16 * GIB);
        assertThat(PlannedTraining.of(setup, LARGEST, 32 * GIB, true).rehearses())
                .isTrue();
    }

    @Test
    void endsInOneSentenceWithTheSmallestChange() {
        Setup setup = TestLlama.setup(TestLlama.B1, DType.F32, 512, "training.microBatchTokens: 512");
        assertThatThrownBy(() -> PlannedTraining.of(setup, LARGEST, 4 * GIB, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "This training needs about [0-9.]+ GiB of memory, but this machine has 4\\.00 GiB: write"
                                + " training\\.precision: bfloat16 \\([0-9.]+ GiB\\), or use a larger machine\\. ft:plan prints"
                                + " what takes how much\\.");
    }

    @Test
    void saysWhereNoKeyHelps() {
        Setup setup = TestLlama.setup(TestLlama.B8, DType.F32, 2048);
        assertThatThrownBy(() -> PlannedTraining.of(setup, LARGEST, GIB, false))
                .hasMessageEndingWith(
                        "has 1.00 GiB: no key of the spec would make it fit, so use a smaller base or a larger"
                                + " machine. ft:plan prints what takes how much.");
    }
}
