package io.github.ftmaven.runtime.hardware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which devices of this machine have instructions for bfloat16. */
public final class Bfloat16 {
    /** The instructions that oneDNN uses: of x86, and of ARM. */
    private static final Set<String> FLAGS = Set.of("amx_bf16", "avx512_bf16", "bf16");

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** The first compute capability with bfloat16, times ten: Ampere. */
    private static final int FIRST_CAPABILITY = 80;

    private static boolean isAsked; // the driver answers slowly
    private static @Nullable Gpu gpu;

    private Bfloat16() {}

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

    /** The GPU, if it lacks bfloat16; empty if it has it, or the driver does not tell. */
    public static synchronized Optional<Gpu> gpuWithout() {
        if (!isAsked) {
            isAsked = true;
            gpu = Gpu.find(System.getenv()).orElse(null);
        }
        return Optional.ofNullable(gpu).filter(each -> each.capability() > 0 && each.capability() < FIRST_CAPABILITY);
    }
}
