package io.github.ftmaven.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.Offload;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final long GIB = 1L << 30;

    private static final Setup PLAIN =
            TestLlama.setup(TestLlama.M110, DType.F32, 512, "training.microBatchTokens: 4096");

    @Test
    void changesNothingWhereThereIsMemoryEnough() {
        MemoryPlan plan = MemoryPlan.of(PLAIN, 32 * GIB);
        assertThat(plan.passes()).isEqualTo(new Passes(false, false));
        assertThat(plan.setup()).isEqualTo(PLAIN);
        assertThat(plan.fits()).isTrue();
    }

    @Test
    void recomputesBeforeItTouchesTheOrderOfSums() {
        MemoryPlan plan = MemoryPlan.of(PLAIN, 3 * GIB);
        assertThat(plan.passes().recompute()).isTrue();
        assertThat(plan.isSmallerThan(PLAIN)).isFalse();
        assertThat(plan.fits()).isTrue();
    }

    @Test
    void recomputesQuantizedWeightsAlways() {
        Setup quantized = PLAIN.with(new Held(DType.F32, Format.NF4_DOUBLE, false));
        assertThat(MemoryPlan.of(quantized, 320 * GIB).passes().recompute()).isTrue();
    }

    @Test
    void keepsToWhatIsDeclared() {
        Setup off = TestLlama.setup(
                TestLlama.M110,
                DType.F32,
                512,
                "training.microBatchTokens: 4096",
                "training.gradientCheckpointing: off");
        MemoryPlan plan = MemoryPlan.of(off, 3 * GIB);
        assertThat(plan.passes().recompute()).isFalse();
        assertThat(plan.isSmallerThan(off)).isTrue();
        assertThat(plan.setup().microBatchTokens()).isEqualTo(1024);
        Setup on = TestLlama.setup(TestLlama.M110, DType.F32, 512, "training.gradientCheckpointing: on");
        assertThat(MemoryPlan.of(on, 320 * GIB).passes().recompute()).isTrue();
    }

    @Test
    void halvesMicroBatchesDownToOneSequence() {
        MemoryPlan plan = MemoryPlan.of(PLAIN, GIB);
        assertThat(plan.setup().microBatchTokens()).isEqualTo(512);
        assertThat(plan.setup().batch().sequences()).isEqualTo(1);
        MemoryPlan none = MemoryPlan.of(PLAIN, GIB / 2);
        assertThat(none.mayFit()).isFalse();
        assertThat(none.isSmallerThan(PLAIN)).as("the plan that is reported").isFalse();
    }

    @Test
    void largeShapesStayWithinTheirLimits() {
        Setup one = TestLlama.setup(TestLlama.B1, DType.BF16, 1024, "training.microBatchTokens: 1024");
        MemoryPlan half = MemoryPlan.of(one, 6 * GIB);
        assertThat(half.fits()).isTrue();
        assertThat(half.isSmallerThan(one)).isFalse();
        MemoryPlan quantized = MemoryPlan.of(one.with(new Held(DType.BF16, Format.NF4_DOUBLE, false)), 4 * GIB);
        assertThat(quantized.fits()).isTrue();
        assertThat(quantized.isSmallerThan(one)).isFalse();
    }

    @Test
    void layersOnTheHostLeaveTheDevice() {
        TrainingMemory memory = new TrainingMemory(
                TestLlama.B8,
                new Held(DType.BF16, Format.NF4_DOUBLE, true),
                PLAIN.memory().trained());
        Estimate here = memory.of(new Batch(512, 512, 512), new Passes(true, false));
        Estimate there = memory.of(new Batch(512, 512, 512), new Passes(true, true));
        long layers = WeightBytes.of(TestLlama.B8, memory.held()).layers();
        assertThat(there.onHost() - here.onHost()).isEqualTo(layers);
        assertThat(here.peak() - there.peak()).isBetween(layers / 16 * 14, layers);
    }

    @Test
    void leavesLayersOnTheHostOnlyWhereTheyDoNotFit() {
        Setup gpu = TestLlama.setup(TestLlama.B70, DType.BF16, 2048, "training.microBatchTokens: 2048")
                .with(new Held(DType.BF16, Format.NF4_DOUBLE, true));
        assertThat(MemoryPlan.of(gpu, 80 * GIB).passes()).isEqualTo(new Passes(true, false));
        MemoryPlan small = MemoryPlan.of(gpu, 24 * GIB);
        assertThat(small.passes()).isEqualTo(new Passes(true, true));
        assertThat(small.fits()).isTrue();
        assertThat(small.estimate().onHost()).isBetween(30 * GIB, 40 * GIB);
        assertThat(MemoryPlan.of(gpu.with(Offload.NONE), 24 * GIB).mayFit()).isFalse();
        assertThat(Remedies.of(gpu.with(Offload.NONE), 24 * GIB))
                .extracting(Remedy::changes)
                .contains(List.of("training.offload: layers"));
    }

    @Test
    void onACpuLayersStayInTheirFileOnlyAsTheyAreStored() {
        Setup layers = TestLlama.setup(TestLlama.B1, DType.BF16, 1024).with(Offload.LAYERS);
        assertThat(MemoryPlan.of(layers, 32 * GIB).passes()).isEqualTo(new Passes(true, true));
        Setup quantized = layers.with(new Held(DType.BF16, Format.NF4_DOUBLE, false));
        assertThat(MemoryPlan.of(quantized, 32 * GIB).passes().layersOnHost()).isFalse();
    }
}
