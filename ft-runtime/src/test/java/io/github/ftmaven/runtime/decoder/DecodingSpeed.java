package io.github.ftmaven.runtime.decoder;

import com.sun.management.OperatingSystemMXBean;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Times greedy answers of a model with random weights, which no token ends. {@code tools/bench/decoding.sh} runs it beside
 * {@code generate} of transformers.
 */
final class DecodingSpeed {
    private DecodingSpeed() {}

    /** Arguments: a {@code config.json}, F32 or BF16, threads, prompts, their length, tokens of an answer, runs. */
    public static void main(String[] arguments) {
        Architecture architecture = ArchitectureReader.read(Path.of(arguments[0]), "config.json");
        DType type = DType.valueOf(arguments[1]);
        int count = Integer.parseInt(arguments[3]);
        int tokens = Integer.parseInt(arguments[5]);
        List<int[]> prompts = prompts(
                count, Integer.parseInt(arguments[4]), architecture.dimensions().vocabSize());
        double[] wall = new double[Integer.parseInt(arguments[6])];
        double[] processor = new double[wall.length];
        try (Arena arena = Torch.load("cpu", Integer.parseInt(arguments[2])).arena()) {
            BaseTensors base = BaseTensors.initialize(arena, architecture, 1, null, type);
            Decoder decoder = Decoder.of(arena, architecture, base, null, false);
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            for (int run = -1; run < wall.length; run++) { // the first one warms up
                long start = System.nanoTime();
                long before = system.getProcessCpuTime();
                List<int[]> answers = decoder.generate(prompts, tokens, -1);
                if (answers.size() != count || answers.stream().anyMatch(answer -> answer.length != tokens)) {
                    throw new IllegalStateException("an answer ended early");
                }
                if (run >= 0) {
                    wall[run] = (System.nanoTime() - start) / 1e9;
                    processor[run] = (system.getProcessCpuTime() - before) / 1e9;
                }
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "ours     %-8s %2d prompts: median %.1f tokens/s, %.3f s of processor time",
                type == DType.BF16 ? "bfloat16" : "float32",
                count,
                count * tokens / TrainingSpeed.median(wall),
                TrainingSpeed.median(processor)));
    }

    private static List<int[]> prompts(int count, int length, int vocabulary) {
        Random random = new Random(1);
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(random.ints(length, 3, vocabulary).toArray());
        }
        return prompts;
    }
}
