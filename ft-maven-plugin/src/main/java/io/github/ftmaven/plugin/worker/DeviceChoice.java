package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.plugin.device.CudaLibraries;
import io.github.ftmaven.plugin.device.Libtorch;
import io.github.ftmaven.plugin.repository.CudaArtifacts;
import io.github.ftmaven.plugin.worker.WorkerEnvironment.Acceleration;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hardware.Gpu;
import io.github.ftmaven.runtime.worker.Versions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the user wants to compute on.
 *
 * @param device {@code ft.device}: {@code auto}, {@code cpu} or {@code cuda}
 * @param cuda {@code ft.cuda}, where a libtorch for CUDA comes from: {@code path}, which {@code PYTORCH_LIBRARY_PATH}
 *     names, or {@code maven}
 * @param variables the user's variables; they override inherited ones
 */
public record DeviceChoice(String device, String cuda, Map<String, String> variables) {
    private static final String AUTO = "auto";
    static final String CPU = "cpu";
    private static final String CUDA = "cuda";
    private static final List<String> DEVICES = List.of(AUTO, CPU, CUDA);
    private static final String MAVEN = "maven";
    private static final List<String> SOURCES = List.of("path", MAVEN);

    /** The only CUDA version that DJL's JNI library is built for. */
    private static final String FLAVOR = "cu128";

    private static final String WORKSPACE = "CUBLAS_WORKSPACE_CONFIG";

    private static final String ALLOCATOR = "PYTORCH_CUDA_ALLOC_CONF";

    /** Checks the words. */
    public DeviceChoice {
        if (!DEVICES.contains(device)) {
            throw new InvalidInputException("ft.device is '" + device + "'. Write auto, cpu or cuda.");
        }
        if (!SOURCES.contains(cuda)) {
            throw new InvalidInputException("ft.cuda is '" + cuda + "'. Write path or maven.");
        }
    }

    /** Whether a worker may need a libtorch from Maven repositories. */
    public boolean mayUseMaven() {
        return cuda.equals(MAVEN) && !device.equals(CPU);
    }

    /**
     * Chooses the device. {@code auto} is {@code cuda} where {@code PYTORCH_LIBRARY_PATH} is set; with a libtorch from
     * Maven, where this machine has a GPU.
     *
     * @param inherited this process's environment
     * @param gpus finds the GPU that a worker with these variables sees
     * @param libtorch the required version of libtorch
     * @param cache {@code ft.cacheDirectory}
     * @throws InvalidInputException if CUDA is wanted without a GPU, or without a libtorch that fits
     */
    public WorkerEnvironment environment(
            Map<String, String> inherited,
            Function<Map<String, String>, Optional<Gpu>> gpus,
            String libtorch,
            Path cache) {
        Map<String, String> all = new HashMap<>(inherited);
        all.putAll(variables);
        String library = all.getOrDefault(WorkerEnvironment.LIBRARY_PATH, "");
        boolean isFromMaven = cuda.equals(MAVEN);
        Map<String, String> own =
                new HashMap<>(Map.of("DJL_CACHE_DIR", cache.resolve("djl").toString()));
        own.putAll(variables);
        if (device.equals(CPU) || (device.equals(AUTO) && !isFromMaven && library.isEmpty())) {
            return new WorkerEnvironment(CPU, own, null);
        }
        if (!isFromMaven && library.isEmpty()) {
            throw new InvalidInputException("ft.device is cuda, but " + WorkerEnvironment.LIBRARY_PATH
                    + " is not set. Set it to the directory of a libtorch " + libtorch
                    + " for CUDA 12.8, such as the lib directory of a torch==" + libtorch
                    + " wheel, get one from Maven repositories with -Dft.cuda=maven, or use -Dft.device=cpu.");
        }
        // Before the GPU: a libtorch of another version is wrong on any machine.
        Optional<Libtorch> given = isFromMaven ? Optional.empty() : Optional.of(Libtorch.at(library, libtorch));
        Optional<Gpu> gpu = gpus.apply(all);
        if (gpu.isEmpty() && isFromMaven && device.equals(AUTO)) {
            return new WorkerEnvironment(CPU, own, null);
        }
        Path installed = CudaArtifacts.directory(cache).toAbsolutePath();
        Gpu usable = usable(gpu, given.map(Libtorch::kernels).orElse(CudaArtifacts.KERNELS));
        own.put(
                WorkerEnvironment.LIBRARY_PATH,
                given.map(Libtorch::libraries).orElse(installed).toString());
        own.putAll(CudaLibraries.environment(given.map(Libtorch::search).orElse(List.of(installed)), all));
        own.putIfAbsent(
                WorkerEnvironment.FLAVOR,
                isFromMaven ? FLAVOR : inherited.getOrDefault(WorkerEnvironment.FLAVOR, FLAVOR));
        own.putIfAbsent(WorkerEnvironment.VERSION, libtorch);
        // Blocks of many sizes, as documents of many lengths need them, otherwise leave holes.
        own.putIfAbsent(ALLOCATOR, inherited.getOrDefault(ALLOCATOR, "expandable_segments:True"));
        // Otherwise cuBLAS may split sums in another way from run to run. It is libtorch's own size on Hopper.
        own.putIfAbsent(WORKSPACE, inherited.getOrDefault(WORKSPACE, ":4096:8"));
        return new WorkerEnvironment(
                CUDA,
                own,
                new Acceleration(
                        usable,
                        given.map(found -> (found.version().isEmpty() ? libtorch : found.version()) + " in "
                                        + found.libraries())
                                .orElse(libtorch + " from Maven repositories"),
                        isFromMaven));
    }

    /** The variables for a GPU of another machine, which has its libtorch where its variables say. */
    static Map<String, String> elsewhere() {
        return Map.of(
                WorkerEnvironment.FLAVOR,
                FLAVOR,
                WorkerEnvironment.VERSION,
                Versions.current().libtorch(),
                ALLOCATOR,
                "expandable_segments:True",
                WORKSPACE,
                ":4096:8");
    }

    private Gpu usable(Optional<Gpu> gpu, Gpu.Kernels kernels) {
        String reason = device.equals(AUTO) && !cuda.equals(MAVEN)
                ? WorkerEnvironment.LIBRARY_PATH + " is set, so ft.device=auto means cuda"
                : "ft.device is " + device;
        Gpu found = gpu.orElseThrow(() -> new InvalidInputException(reason
                + ", but this machine has no NVIDIA driver, or its driver shows no GPU. Check what nvidia-smi prints, or"
                + " use -Dft.device=cpu."));
        found.problem(kernels).ifPresent(problem -> {
            throw new InvalidInputException(reason + ", but " + problem);
        });
        return found;
    }
}
