package io.github.ftmaven.runtime.decoder;

import com.sun.management.OperatingSystemMXBean;
import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Times training steps of a model with random weights: LoRA of rank 16 on all linear layers, full sequences, every token
 * learnt. {@code tools/bench/training.sh} runs it beside PEFT.
 */
final class TrainingSpeed {
    private TrainingSpeed() {}

    /** Arguments: a {@code config.json}, F32 or BF16, threads, sequences, their length, steps. */
    public static void main(String[] arguments) {
        Architecture architecture = ArchitectureReader.read(Path.of(arguments[0]), "config.json");
        DType type = DType.valueOf(arguments[1]);
        int documents = Integer.parseInt(arguments[3]);
        int length = Integer.parseInt(arguments[4]);
        double[] wall = new double[Integer.parseInt(arguments[5])];
        double[] processor = new double[wall.length];
        try (Arena arena = Torch.load("cpu", Integer.parseInt(arguments[2])).arena()) {
            BaseTensors base = BaseTensors.initialize(arena, architecture, 1, null, type);
            LoraLayout layout = LoraLayout.declared(
                    architecture, TestSpec.with("adapter.rank: 16").adapter());
            LoraTensors lora = LoraTensors.initialize(arena, layout, 0, 1, module -> new float[0]);
            Decoder decoder = Decoder.of(arena, architecture, base, lora, false);
            OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
            List<TokenSequence> sequences =
                    sequences(documents, length, architecture.dimensions().vocabSize());
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            for (int step = -1; step < wall.length; step++) { // the first one warms up
                long start = System.nanoTime();
                long before = system.getProcessCpuTime();
                decoder.accumulate(sequences, 1, step + 1L, state);
                decoder.update(state, (long) documents * length, 1e-4, 1, 0);
                if (step >= 0) {
                    wall[step] = (System.nanoTime() - start) / 1e9;
                    processor[step] = (system.getProcessCpuTime() - before) / 1e9;
                }
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "ours %-8s median %.3f s, %.3f s of processor time, %.0f tokens/s; a product of 512, 768, 2048 takes"
                            + " %.2f, %.2f, %.2f of its time in float32 in bfloat16",
                    type == DType.BF16 ? "bfloat16" : "float32",
                    median(wall),
                    median(processor),
                    documents * length / median(wall),
                    ProductRates.bfloat16(arena, 512),
                    ProductRates.bfloat16(arena, 768),
                    ProductRates.bfloat16(arena, 2048)));
        }
    }

    static List<TokenSequence> sequences(int count, int length, int vocabulary) {
        Random random = new Random(1);
        List<TokenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BitSet learnt = new BitSet();
            learnt.set(1, length + 1);
            sequences.add(
                    new TokenSequence(random.ints(length + 1L, 3, vocabulary).toArray(), learnt));
        }
        return sequences;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }
}
