package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Times training steps while one thing changes: the length of documents, the rank, how many documents a step has, and how
 * many of their tokens are learnt. Writes lines of a table, {@code tools/bench/cost.sh} the file.
 */
final class TrainingCost {
    private static final int LENGTH = 256;
    private static final int RANK = 16;
    private static final int DOCUMENTS = 4;
    private static final int[] LENGTHS = {32, 64, 128, 256, 512, 1024, 2048};
    private static final int[] RANKS = {1, 4, 16, 64, 128};
    private static final int[] BATCHES = {1, 2, 4, 8, 16};
    private static final int[] PERCENT = {5, 25, 50, 75, 100};

    private TrainingCost() {}

    /** Arguments: a {@code config.json}, F32 or BF16, threads, steps. */
    public static void main(String[] arguments) {
        Architecture architecture = ArchitectureReader.read(Path.of(arguments[0]), "config.json");
        DType type = DType.valueOf(arguments[1]);
        int steps = Integer.parseInt(arguments[3]);
        try (Arena arena = Torch.load("cpu", Integer.parseInt(arguments[2])).arena()) {
            BaseTensors base = BaseTensors.initialize(arena, architecture, 1, null, type);
            for (int length : LENGTHS) {
                print(type, "length", length, step(arena, architecture, base, RANK, 1, length, 100, steps));
            }
            for (int rank : RANKS) {
                print(type, "rank", rank, step(arena, architecture, base, rank, DOCUMENTS, LENGTH, 100, steps));
            }
            for (int count : BATCHES) {
                print(type, "batch", count, step(arena, architecture, base, RANK, count, LENGTH, 100, steps));
            }
            for (int percent : PERCENT) {
                int rows = DOCUMENTS * LENGTH * percent / 100;
                print(type, "rows", rows, step(arena, architecture, base, RANK, DOCUMENTS, LENGTH, percent, steps));
            }
        }
    }

    private static void print(DType type, String varied, int value, double seconds) {
        System.out.println(String.format(
                Locale.ROOT, "%s,%s,%d,%.4f", type == DType.BF16 ? "bfloat16" : "float32", varied, value, seconds));
    }

    /** The median of some steps, in seconds. */
    private static double step(
            Arena arena,
            Architecture architecture,
            BaseTensors base,
            int rank,
            int documents,
            int length,
            int percent,
            int steps) {
        try (Arena own = arena.child()) {
            LoraLayout layout = LoraLayout.declared(
                    architecture, TestSpec.with("adapter.rank: " + rank).adapter());
            LoraTensors lora = LoraTensors.initialize(own, layout, 0, 1, module -> new float[0]);
            Decoder decoder = Decoder.of(own, architecture, base, lora, false);
            OptimizerState state = OptimizerState.zero(own, decoder.trained(), false);
            int learnt = length * percent / 100;
            List<TokenSequence> sequences =
                    TrainingSpeed.sequences(
                                    documents, length, architecture.dimensions().vocabSize())
                            .stream()
                            .map(sequence -> new TokenSequence(sequence.ids(), last(length, learnt)))
                            .toList();
            double[] wall = new double[steps];
            for (int i = -1; i < steps; i++) { // the first one warms up
                long start = System.nanoTime();
                decoder.accumulate(sequences, 1, i + 1L, state);
                decoder.update(state, (long) documents * learnt, 1e-4, 1, 0);
                if (i >= 0) {
                    wall[i] = (System.nanoTime() - start) / 1e9;
                }
            }
            return TrainingSpeed.median(wall);
        }
    }

    private static BitSet last(int length, int count) {
        BitSet learnt = new BitSet();
        learnt.set(length + 1 - count, length + 1);
        return learnt;
    }
}
