package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.memory.Batch;
import io.github.ftmaven.runtime.memory.Bytes;
import io.github.ftmaven.runtime.memory.Estimate;
import io.github.ftmaven.runtime.memory.Held;
import io.github.ftmaven.runtime.memory.Part;
import io.github.ftmaven.runtime.memory.Passes;
import io.github.ftmaven.runtime.memory.Trained;
import io.github.ftmaven.runtime.memory.TrainingMemory;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures the peak memory of some training steps of a model with random weights, beside what {@code memory} plans: LoRA
 * of rank 16 on all linear layers, full sequences, every token learnt. {@code tools/bench/memory.sh} makes a table of it.
 */
final class TrainingPeak {
    private TrainingPeak() {}

    /**
     * Arguments: a name, a {@code config.json}, F32 or BF16, a format or NONE, on or off for recomputation, sequences,
     * their length, and steps, of which TorchScript runs the second one with other programs. Prints a row of a table, and
     * the bytes of a step, planned and measured. Linux only.
     */
    public static void main(String[] arguments) throws IOException {
        Architecture architecture = ArchitectureReader.read(Path.of(arguments[1]), "config.json");
        DType type = DType.valueOf(arguments[2]);
        Format format = arguments[3].equals("NONE") ? null : Format.valueOf(arguments[3]);
        boolean recompute = arguments[4].equals("on");
        int documents = Integer.parseInt(arguments[5]);
        int length = Integer.parseInt(arguments[6]);
        int steps = Integer.parseInt(arguments[7]);
        LoraLayout layout = LoraLayout.declared(
                architecture, TestSpec.with("adapter.rank: 16").adapter());
        Estimate plan = plan(architecture, layout, type, format, recompute, documents, length);
        long before;
        long loading;
        try (Arena arena = Torch.load("cpu", 2).arena()) {
            BaseTensors base = BaseTensors.initialize(arena, architecture, 1, format, type);
            LoraTensors lora = LoraTensors.initialize(arena, layout, 0, 1, module -> new float[0]);
            Decoder decoder = Decoder.of(arena, architecture, base, lora, recompute);
            OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
            loading = PeakMemory.bytes().orElseThrow();
            Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // the peak counts anew from here
            before = PeakMemory.now().orElseThrow();
            List<TokenSequence> sequences =
                    sequences(documents, length, architecture.dimensions().vocabSize());
            for (int step = 0; step < steps; step++) {
                decoder.accumulate(sequences, 1, step, state);
                decoder.update(state, (long) documents * length, 1e-4, 1, 0);
            }
        }
        long after = PeakMemory.bytes().orElseThrow();
        long peak = Math.max(loading, after);
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %+.0f %% |",
                arguments[0],
                type == DType.BF16 ? "bfloat16" : "float32",
                format == null ? "" : "nf4",
                recompute ? "all layers" : "none",
                Bytes.shown(plan.peak()),
                Bytes.shown(peak),
                100.0 * (plan.peak() - peak) / peak));
        long step = plan.parts().stream()
                .filter(part -> part.name().contains("activations")
                        || part.name().contains("inputs")
                        || part.name().contains("the loss"))
                .mapToLong(Part::bytes)
                .sum();
        System.out.println("step " + step + " " + (after - before));
    }

    private static Estimate plan(
            Architecture architecture,
            LoraLayout layout,
            DType type,
            @Nullable Format format,
            boolean recompute,
            long documents,
            long length) {
        return new TrainingMemory(architecture, new Held(type, format, false), new Trained(layout, 0, false, false))
                .of(new Batch(documents * length, length, documents * length), new Passes(recompute, false));
    }

    private static List<TokenSequence> sequences(int count, int length, int vocabulary) {
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
}
