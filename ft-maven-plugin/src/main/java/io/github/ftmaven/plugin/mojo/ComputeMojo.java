package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.cache.CacheKey;
import io.github.ftmaven.plugin.repository.Platform;
import io.github.ftmaven.plugin.stamp.Arithmetic;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.worker.DeviceChoice;
import io.github.ftmaven.plugin.worker.WorkerEnvironment;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hardware.Gpu;
import io.github.ftmaven.runtime.worker.Versions;
import java.util.HashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal whose results depend on the device and threads it computes on. */
abstract class ComputeMojo extends FtMojo {
    /**
     * The device to compute on: {@code cpu}, {@code cuda} or {@code auto}. {@code auto} selects {@code cuda} if the
     * environment variable {@code PYTORCH_LIBRARY_PATH} names the directory of a libtorch for CUDA, or if
     * {@code ft.cuda} is {@code maven} and this machine has an NVIDIA GPU; otherwise {@code cpu}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.device", defaultValue = "auto")
    String device;

    /**
     * Where libtorch for CUDA comes from. {@code path}: you install it, and {@code PYTORCH_LIBRARY_PATH} names its
     * directory. {@code maven}: the plugin gets it from Maven repositories, about 3 GB, and unpacks it once into
     * {@code ft.cacheDirectory}; for Linux on x86_64. NVIDIA's licence terms for CUDA and cuDNN then apply to you.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cuda", defaultValue = "path")
    String cuda;

    /**
     * Number of CPU threads; 0 uses all processors. The adapter is byte-identical only with the same number of threads,
     * on processors with the same vector instructions.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.threads", defaultValue = "0")
    int threads;

    /**
     * Environment variables for the worker, added to those it inherits:
     *
     * <pre>{@code <environmentVariables><CUDA_VISIBLE_DEVICES>0</CUDA_VISIBLE_DEVICES></environmentVariables>}</pre>
     *
     * Variables that change results are not inherited, only set here: {@code OMP_DYNAMIC}, {@code OMP_THREAD_LIMIT},
     * {@code OMP_MAX_ACTIVE_LEVELS}, {@code MKL_CBWR}, {@code MKL_ENABLE_INSTRUCTIONS}, {@code ATEN_CPU_CAPABILITY},
     * {@code DNNL_MAX_CPU_ISA}, {@code DNNL_DEFAULT_FPMATH_MODE} and their like.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    Map<String, String> environmentVariables;

    /**
     * Maximum size in megabytes of the cached results under {@code ft.cacheDirectory}. Later builds of any project
     * reuse these results, even after {@code clean}. The least recently used results are deleted first. 0 disables the
     * cache.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cacheSize", defaultValue = "10000")
    int cacheSize;

    @Nullable
    private WorkerEnvironment environment;

    ComputeMojo(String goal) {
        super(goal);
    }

    final StageStamps stamps(FineTune fineTune, DigestCache digests) {
        WorkerEnvironment environment = environment();
        return new StageStamps(
                fineTune,
                digests,
                new StageStamps.Compute(
                        environment.device(),
                        environment.gpu(),
                        Platform.current().classifier(),
                        threads(),
                        variables()));
    }

    /** The environment variables that a suite may refer to, on any device. */
    final Map<String, String> variables() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.keySet().removeAll(Arithmetic.VARIABLES); // a worker does not inherit them
        all.putAll(environmentVariables == null ? Map.of() : environmentVariables);
        all.remove(CacheKey.VARIABLE);
        return all;
    }

    /** What to compute on, found once for each goal: the driver answers slowly. */
    final WorkerEnvironment environment() {
        WorkerEnvironment found = environment;
        if (found == null) {
            found = new DeviceChoice(device, cuda, environmentVariables == null ? Map.of() : environmentVariables)
                    .environment(System.getenv(), Gpu::find, Versions.current().libtorch(), cacheDirectory.toPath());
            environment = found;
        }
        return found;
    }

    final int threads() {
        if (threads < 0) {
            throw new InvalidInputException("ft.threads is " + threads + ". Write a number of threads, or 0 for all.");
        }
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
