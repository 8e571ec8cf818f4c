package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.plugin.cache.CacheKey;
import io.github.ftmaven.plugin.repository.CudaArtifacts;
import io.github.ftmaven.plugin.stamp.Arithmetic;
import io.github.ftmaven.runtime.hardware.Gpu;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The device that a worker computes on, and the environment variables that make DJL load the matching libtorch.
 *
 * @param device {@code cpu} or {@code cuda}
 * @param variables the variables to add to those the process inherits
 * @param acceleration the GPU; null on the CPU
 */
public record WorkerEnvironment(
        String device,
        Map<String, String> variables,
        @Nullable Acceleration acceleration) {
    static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";
    static final String FLAVOR = "PYTORCH_FLAVOR";
    static final String VERSION = "PYTORCH_VERSION";
    private static final List<String> CUDA_VARIABLES = List.of(LIBRARY_PATH, FLAVOR, VERSION);

    /**
     * Settings of glibc's allocator; other systems ignore them. A training step allocates and frees the same megabytes
     * a hundred times. These settings keep the memory in huge pages, which avoids repeated page faults.
     */
    private static final Map<String, String> ALLOCATOR = Map.of(
            "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "8589934592");

    private static final String SPINNING = "GOMP_SPINCOUNT";

    /**
     * How often a thread of GNU's OpenMP looks for work before it sleeps. Its own default of some milliseconds makes
     * threads keep the processors from those that they wait for, where other programs run too: a step of milliseconds
     * then takes seconds. This bridges the time between two operations, so that a machine that does nothing else computes
     * as fast as with the default.
     */
    private static final String SPINS = "10000";

    /**
     * A GPU and the libtorch that computes on it.
     *
     * @param libtorch where it is, in words
     * @param isFromMaven whether {@link CudaArtifacts} must install it first
     */
    public record Acceleration(Gpu gpu, String libtorch, boolean isFromMaven) {}

    /** Whether libtorch comes from Maven repositories and must be installed before a worker starts. */
    public boolean needsArtifacts() {
        return acceleration != null && acceleration.isFromMaven();
    }

    /** The name of the GPU; empty on a CPU, or if it is not known. */
    public String gpu() {
        return acceleration == null ? "" : acceleration.gpu().name();
    }

    /** A sentence about the GPU and its libtorch; empty on a CPU. */
    public Optional<String> sentence() {
        return acceleration == null
                ? Optional.empty()
                : Optional.of("Computing on " + acceleration.gpu().shown() + ", with libtorch "
                        + acceleration.libtorch() + ".");
    }

    /** The names of the variables that a worker elsewhere must not inherit: numbers depend on them, or they are secret. */
    public static Set<String> notInherited(String device) {
        Set<String> names = new TreeSet<>(Arithmetic.VARIABLES);
        names.add(CacheKey.VARIABLE);
        if (device.equals(DeviceChoice.CPU)) {
            names.addAll(CUDA_VARIABLES);
        }
        return names;
    }

    /** The names of the variables that a machine elsewhere must have for its worker. */
    public static Set<String> needed(String device) {
        return device.equals(DeviceChoice.CPU) ? Set.of() : Set.of(LIBRARY_PATH);
    }

    /**
     * The variables that a worker elsewhere needs: those of the allocators and of threads, and what the user set of those
     * that numbers depend on. The user's others may be secrets or paths of this machine.
     */
    public Map<String, String> elsewhere(String device) {
        Map<String, String> needed = new TreeMap<>(ALLOCATOR);
        needed.put(SPINNING, SPINS);
        needed.put("OMP_DYNAMIC", "false");
        variables.forEach((name, value) -> {
            if (Arithmetic.VARIABLES.contains(name)) {
                needed.put(name, value);
            }
        });
        if (!device.equals(DeviceChoice.CPU)) {
            needed.putAll(DeviceChoice.elsewhere());
        }
        return needed;
    }

    /** Changes the environment that a process would inherit into the one it needs. */
    void apply(Map<String, String> environment) {
        if (acceleration == null) {
            // With these, DJL would load the CUDA library.
            environment.keySet().removeAll(CUDA_VARIABLES);
        }
        ALLOCATOR.forEach(environment::putIfAbsent);
        if (!environment.containsKey("OMP_WAIT_POLICY") && !variables.containsKey("OMP_WAIT_POLICY")) {
            environment.putIfAbsent(SPINNING, SPINS);
        }
        environment.keySet().removeAll(Arithmetic.VARIABLES);
        environment.put("OMP_DYNAMIC", "false"); // the default is the implementation's choice
        environment.putAll(variables);
        // Otherwise a suite or a model's code could read the key and sign results with it.
        environment.remove(CacheKey.VARIABLE);
    }
}
