package io.github.ftmaven.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import org.junit.jupiter.api.Test;

class WeightBytesTest {
    /** 12 layers of 4 x 768 x 768 + 3 x 768 x 2048, two norms each, and the last norm. */
    private static final long LINEAR = 12L * (4 * 768 * 768 + 3 * 768 * 2048);

    private static final long NORMS = 25 * 768;

    @Test
    void countsEveryTensorOnce() {
        WeightBytes single = WeightBytes.of(TestLlama.M110, new Held(DType.F32, null, false));
        assertThat(single.vocabulary()).isEqualTo(4L * 32_000 * 768);
        assertThat(single.linear()).isEqualTo(LINEAR);
        assertThat(single.layers()).isEqualTo(4 * (LINEAR + NORMS));
        WeightBytes half = WeightBytes.of(TestLlama.M110, new Held(DType.BF16, null, false));
        assertThat(half.layers()).isEqualTo(2 * (LINEAR + NORMS));
        assertThat(WeightBytes.of(TestLlama.B8, new Held(DType.BF16, null, false))
                        .vocabulary())
                .as("a head of its own")
                .isEqualTo(2 * 2L * 128_256 * 4096);
    }

    @Test
    void quantizesLinearLayersOnly() {
        WeightBytes nf4 = WeightBytes.of(TestLlama.M110, new Held(DType.BF16, Format.NF4, false));
        assertThat(nf4.layers()).isEqualTo(LINEAR / 2 + LINEAR / 64 * 4 + 2 * NORMS);
        assertThat(nf4.dequantized()).isEqualTo(2 * LINEAR);
        assertThat(nf4.largestLinear()).isEqualTo(768L * 2048);
        assertThat(WeightBytes.quantized(Format.NF4_DOUBLE, 768, 2048))
                .isEqualTo(768 * 2048 / 2 + 24_576 + 4 * (96 + 1));
        assertThat(WeightBytes.quantized(Format.INT8, 3, 5)).isEqualTo(16 + 3 * 4);
    }

    @Test
    void showsSizesAsPeopleReadThem() {
        assertThat(Bytes.shown(0)).isEqualTo("0 B");
        assertThat(Bytes.shown(2560)).isEqualTo("2.50 KiB");
        assertThat(Bytes.shown(93L << 20)).isEqualTo("93.0 MiB");
        assertThat(Bytes.shown(640L << 20)).isEqualTo("640 MiB");
        assertThat(Bytes.shown((long) (999.6 * (1 << 20)))).isEqualTo("0.98 GiB");
        assertThat(Bytes.shown(14L << 30)).isEqualTo("14.0 GiB");
    }
}
