package io.github.ftmaven.runtime.decoder;

import com.sun.management.OperatingSystemMXBean;
import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The memory and the time of loading, of training steps and of an answer, for models of real size. {@code
 * tools/bench/large_shapes.sh} runs it.
 */
final class LargeShapes {
    private LargeShapes() {}

    /**
     * Arguments: the directory of a model, F32 or BF16, none or a format of quantized weights, threads, tokens of the
     * sequence, steps, tokens of the answer, and {@code layers} if layers stay in host memory.
     */
    public static void main(String[] arguments) throws IOException {
        ModelDirectory model = ModelDirectory.open(Path.of(arguments[0]), arguments[0]);
        DType type = DType.valueOf(arguments[1]);
        Format format = arguments[2].equals("none") ? null : Format.valueOf(arguments[2]);
        int length = Integer.parseInt(arguments[4]);
        long start = System.nanoTime();
        try (Arena arena = Torch.load("cpu", Integer.parseInt(arguments[3])).arena()) {
            report("start", start);
            start = System.nanoTime();
            boolean offload = arguments.length > 7 && arguments[7].equals("layers");
            BaseTensors base =
                    new BaseReader(arena, model.architecture(), model.weights(), format, type, offload).read();
            report("load", start);
            LoraLayout layout = LoraLayout.declared(
                    model.architecture(), TestSpec.with("adapter.rank: 16").adapter());
            LoraTensors lora = LoraTensors.initialize(arena, layout, 0, 1, module -> new float[0]);
            Decoder decoder = Decoder.of(arena, model.architecture(), base, lora, true);
            OptimizerState state = OptimizerState.zero(arena, decoder.trained(), false);
            int[] tokens = new Random(1)
                    .ints(length + 1L, 3, model.architecture().dimensions().vocabSize())
                    .toArray();
            BitSet learnt = new BitSet();
            learnt.set(1, length + 1);
            for (int step = 0; step < Integer.parseInt(arguments[5]); step++) {
                start = System.nanoTime();
                decoder.accumulate(List.of(new TokenSequence(tokens, learnt)), 1, step, state);
                OptimizerStep taken = decoder.update(state, length, 1e-4, 1, 0);
                report(String.format(Locale.ROOT, "step (loss %.4f)", taken.loss() / length), start);
            }
            int answer = Integer.parseInt(arguments[6]);
            if (answer > 0) {
                start = System.nanoTime();
                int count = decoder.generate(List.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8}), answer, -1)
                        .get(0)
                        .length;
                report("answer of " + count + " tokens", start);
            }
        }
    }

    private static void report(String what, long start) throws IOException {
        Map<String, Long> status = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.endsWith(" kB"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> Long.parseLong(line.replaceAll("\\D", ""))));
        System.out.println(String.format(
                Locale.ROOT,
                "%-24s %7.1f s   processor since the start %7.1f s   resident %5.2f GiB (anonymous %5.2f), peak %5.2f"
                        + " GiB",
                what,
                (System.nanoTime() - start) / 1e9,
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9,
                gib(status, "VmRSS"),
                gib(status, "RssAnon"),
                gib(status, "VmHWM")));
    }

    private static double gib(Map<String, Long> status, String key) {
        return Objects.requireNonNull(status.get(key)) / (double) (1 << 20);
    }
}
