package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.cache.CacheKey;
import io.github.ftmaven.plugin.repository.Platform;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.worker.WorkerEnvironment;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.worker.Versions;
import java.util.HashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that knows on what numbers are computed: results depend on it. */
abstract class ComputeMojo extends FtMojo {
    /**
     * What to compute on: {@code cpu}, {@code cuda}, or {@code auto}, which is {@code cuda} where the environment
     * variable {@code PYTORCH_LIBRARY_PATH} names the directory of a libtorch for CUDA, and {@code cpu} elsewhere.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.device", defaultValue = "auto")
    String device;

    /**
     * CPU threads; 0 for as many as there are processors. The adapter is the same to the byte only at the same number, and on
     * processors with the same vector instructions.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.threads", defaultValue = "0")
    int threads;

    /**
     * Environment variables of the worker, on top of those it inherits:
     *
     * <pre>{@code <environmentVariables><CUDA_VISIBLE_DEVICES>0</CUDA_VISIBLE_DEVICES></environmentVariables>}</pre>
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    Map<String, String> environmentVariables;

    /**
     * How many megabytes of results are kept below {@code ft.cacheDirectory} for later builds of any project, also after
     * {@code clean}; the one used longest ago goes first. 0 keeps none, and uses none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cacheSize", defaultValue = "10000")
    int cacheSize;

    ComputeMojo(String goal) {
        super(goal);
    }

    final StageStamps stamps(FineTune fineTune, DigestCache digests) {
        WorkerEnvironment environment = environment();
        return new StageStamps(
                fineTune,
                digests,
                new StageStamps.Compute(environment.device(), Platform.current().classifier(), threads(), variables()));
    }

    /** The variables that a suite may name, whatever is computed on. */
    final Map<String, String> variables() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environmentVariables == null ? Map.of() : environmentVariables);
        all.remove(CacheKey.VARIABLE);
        return all;
    }

    final WorkerEnvironment environment() {
        return WorkerEnvironment.of(
                device,
                environmentVariables == null ? Map.of() : environmentVariables,
                System.getenv(),
                Versions.current().libtorch(),
                cacheDirectory.toPath().resolve("djl"));
    }

    final int threads() {
        if (threads < 0) {
            throw new InvalidInputException("ft.threads is " + threads + ". Write a number of threads, or 0 for all.");
        }
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
