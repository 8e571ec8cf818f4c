package io.github.ftmaven.runtime.torch;

import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which devices of this machine have instructions for bfloat16. */
public final class Bfloat16 {
    /** The instructions that oneDNN uses: of x86, and of ARM. */
    private static final Set<String> FLAGS = Set.of("amx_bf16", "avx512_bf16", "bf16");

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** The first compute capability with bfloat16: Ampere. */
    private static final double FIRST_CAPABILITY = 8;

    private static final int PATIENCE_SECONDS = 20;

    private static @Nullable List<Gpu> gpus;

    private Bfloat16() {}

    /**
     * A GPU.
     *
     * @param capability CUDA's, such as 8.0
     */
    public record Gpu(String name, double capability) {
        /** Whether it has instructions for bfloat16. */
        public boolean hasBfloat16() {
            return capability >= FIRST_CAPABILITY;
        }
    }

    /** Whether the processor has such instructions; true where the system does not tell (Linux does). */
    public static boolean isOnCpu() {
        try {
            return !Files.isReadable(PROCESSORS) || isOnCpu(Files.readString(PROCESSORS, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * The same of another machine.
     *
     * @param processors the content of its {@code /proc/cpuinfo}
     */
    static boolean isOnCpu(String processors) {
        List<String[]> flags = processors
                .lines()
                .map(line -> line.split(":", 2))
                .filter(line -> line.length == 2 && Set.of("flags", "Features").contains(line[0].strip()))
                .map(line -> line[1].strip().split("\\s+"))
                .toList();
        return flags.isEmpty() || flags.stream().flatMap(Arrays::stream).anyMatch(FLAGS::contains);
    }

    /** The first GPU that lacks bfloat16; empty if all have it, or the driver does not tell. */
    public static Optional<Gpu> gpuWithout() {
        return gpus().stream().filter(gpu -> !gpu.hasBfloat16()).findFirst();
    }

    private static synchronized List<Gpu> gpus() {
        List<Gpu> known = gpus;
        if (known == null) {
            known = listed();
            gpus = known;
        }
        return known;
    }

    @SuppressForbidden("asks the driver")
    private static List<Gpu> listed() {
        try {
            Process process = new ProcessBuilder("nvidia-smi", "--query-gpu=compute_cap,name", "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) { // the few lines fit into the pipe
                process.destroyForcibly();
                return List.of();
            }
            String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? gpus(lines) : List.of();
        } catch (IOException e) {
            return List.of(); // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** The GPUs in lines such as {@code 8.0, NVIDIA A100}. */
    static List<Gpu> gpus(String lines) {
        return lines.lines()
                .map(line -> line.split(",", 2))
                .filter(line -> line.length == 2 && line[0].strip().matches("\\d+\\.\\d+"))
                .map(line -> new Gpu(line[1].strip(), Double.parseDouble(line[0].strip())))
                .toList();
    }
}
