package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.plugin.cache.CacheKey;
import io.github.ftmaven.plugin.stamp.Arithmetic;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The device that a worker computes on, and the environment variables that make DJL load the matching libtorch.
 *
 * @param device {@code cpu} or {@code cuda}
 * @param variables the variables to add to those the process inherits
 */
public record WorkerEnvironment(String device, Map<String, String> variables) {
    private static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";
    private static final String FLAVOR = "PYTORCH_FLAVOR";
    private static final String VERSION = "PYTORCH_VERSION";

    /** The only CUDA version that DJL's JNI library is built for. */
    private static final String CUDA_FLAVOR = "cu128";

    /**
     * Settings of glibc's allocator; other systems ignore them. A training step allocates and frees the same megabytes
     * a hundred times. These settings keep the memory in huge pages, which avoids repeated page faults.
     */
    private static final Map<String, String> ALLOCATOR = Map.of(
            "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "8589934592");

    /**
     * Chooses the device.
     *
     * @param requested {@code auto}, {@code cpu} or {@code cuda}; {@code auto} is {@code cuda} where
     *     {@code PYTORCH_LIBRARY_PATH} is set
     * @param variables the user's variables; they override inherited ones
     * @param inherited this process's environment
     * @param libtorch the required version of libtorch
     * @param cache where DJL unpacks native libraries
     * @throws InvalidInputException if CUDA is requested without a CUDA libtorch
     */
    public static WorkerEnvironment of(
            String requested,
            Map<String, String> variables,
            Map<String, String> inherited,
            String libtorch,
            Path cache) {
        Map<String, String> all = new HashMap<>(Map.of("DJL_CACHE_DIR", cache.toString()));
        all.putAll(variables);
        String library = variables.getOrDefault(LIBRARY_PATH, inherited.getOrDefault(LIBRARY_PATH, ""));
        switch (requested) {
            case "cpu" -> {
                return new WorkerEnvironment("cpu", all);
            }
            case "auto" -> {
                if (library.isEmpty()) {
                    return new WorkerEnvironment("cpu", all);
                }
            }
            case "cuda" -> {
                if (library.isEmpty()) {
                    throw new InvalidInputException("ft.device is cuda, but " + LIBRARY_PATH
                            + " is not set. Set it to the directory of a libtorch " + libtorch
                            + " for CUDA 12.8, such as the lib directory of a torch==" + libtorch
                            + " wheel, or use -Dft.device=cpu.");
                }
            }
            default -> throw new InvalidInputException("ft.device is '" + requested + "'. Write auto, cpu or cuda.");
        }
        all.putIfAbsent(LIBRARY_PATH, library);
        all.putIfAbsent(FLAVOR, inherited.getOrDefault(FLAVOR, CUDA_FLAVOR));
        all.putIfAbsent(VERSION, libtorch);
        return new WorkerEnvironment("cuda", all);
    }

    /** Changes the environment that a process would inherit into the one it needs. */
    void apply(Map<String, String> environment) {
        if (device.equals("cpu")) {
            // With these, DJL would load the CUDA library.
            environment.keySet().removeAll(List.of(LIBRARY_PATH, FLAVOR, VERSION));
        }
        ALLOCATOR.forEach(environment::putIfAbsent);
        environment.keySet().removeAll(Arithmetic.VARIABLES);
        environment.put("OMP_DYNAMIC", "false"); // the default is the implementation's choice
        environment.putAll(variables);
        // Otherwise a suite or a model's code could read the key and sign results with it.
        environment.remove(CacheKey.VARIABLE);
    }
}
