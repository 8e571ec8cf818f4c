package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.GradientCheckpointing;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Precision;
import io.github.ftmaven.runtime.spec.Quantization;
import io.github.ftmaven.runtime.torch.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** The tiny Llama, examples to train it with, and what the trainer says. */
final class TinyTraining implements TrainingListener {
    /** Rows of its embedding. */
    static final int ROWS = 288;

    private static final ModelDirectory MODEL =
            ModelDirectory.open(Path.of("src/test/resources/models/tiny-llama"), "tiny-llama");

    final List<StepReport> reports = new ArrayList<>();
    final List<String> messages = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    int stopAfter = Integer.MAX_VALUE; // times that the trainer asked

    /** As the spec declares it; the seed draws its adapter. */
    static Decoder decoder(FineTuneSpec spec, Arena arena, long seed) {
        DType type = spec.training().arithmetic().precision() == Precision.BFLOAT16 ? DType.BF16 : DType.F32;
        Format format = spec.base().quantization() == Quantization.NF4 ? Format.NF4_DOUBLE : null;
        BaseTensors base = BaseTensors.read(arena, MODEL.architecture(), MODEL.weights(), format, type);
        Decoder plain = Decoder.of(arena, MODEL.architecture(), base, null, false);
        if (spec.adapter().method() == Method.FULL) {
            return plain;
        }
        LoraTensors lora = LoraTensors.initialize(
                arena,
                LoraLayout.declared(MODEL.architecture(), spec.adapter()),
                spec.adapter().lora().dropout(),
                seed,
                plain::rowLengths);
        boolean recompute = spec.training().memory().gradientCheckpointing() == GradientCheckpointing.ON;
        return Decoder.of(arena, MODEL.architecture(), base, lora, recompute);
    }

    /** Six batches of up to four. */
    static List<TrainingExample> examples() {
        Random random = new Random(1);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            examples.add(new TrainingExample("data.jsonl:" + (i + 1), sequence(random, 4 + random.nextInt(12))));
        }
        return examples;
    }

    static TokenSequence sequence(Random random, int length) {
        BitSet supervised = new BitSet();
        supervised.set(length / 2, length);
        return new TokenSequence(random.ints(length, 3, 23).toArray(), supervised);
    }

    @Override
    public void onStart(int step) {}

    @Override
    public void onStep(StepReport report) {
        reports.add(report);
    }

    @Override
    public void onMessage(String text) {
        messages.add(text);
    }

    @Override
    public void onWarning(String text) {
        warnings.add(text);
    }

    @Override
    public boolean stopRequested() {
        return stopAfter-- <= 0;
    }
}
