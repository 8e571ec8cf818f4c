package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.Locator.Kind;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.worker.StandaloneWorker;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Prints a base model's greedy continuation of a prompt, with or without an adapter. Needs no project.
 *
 * @since 0.1.0
 */
@Mojo(name = "generate", requiresProject = false, threadSafe = true)
public final class GenerateMojo extends ModelMojo {
    /**
     * The model: a directory, {@code hf:ORG/NAME@REVISION} or {@code mvn:G:A:V[:TYPE[:CLASSIFIER]]}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.model", required = true)
    @Nullable
    String model;

    /**
     * A LoRA adapter: a directory in PEFT format, a jar that this plugin packaged, {@code hf:ORG/NAME@REVISION} or
     * {@code mvn:G:A:V[:TYPE[:CLASSIFIER]]}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.adapter")
    @Nullable
    String adapter;

    /**
     * Unknown keys of the model's {@code config.json} to ignore because they do not change its computation, as in
     * {@code base.ignoreKeys} of a spec.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.ignoreKeys")
    List<String> ignoreKeys = List.of();

    /**
     * The text to continue. It is used unchanged, without a chat template.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.prompt", required = true)
    @Nullable
    String prompt;

    /**
     * The maximum number of tokens to generate. Generation stops before an end-of-text token.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.maxTokens", defaultValue = "64")
    int maxTokens;

    /**
     * A safetensors file for the prompt's logits: the tensor {@code logits}, F32, of shape [tokens, vocabulary].
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.logits")
    @Nullable
    File logits;

    /**
     * A file for the raw continuation. Without it, the continuation goes to the log.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.output")
    @Nullable
    File output;

    /**
     * The device to compute on: {@code auto}, {@code cpu} or {@code cuda}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.device", defaultValue = "auto")
    String device = "auto";

    /**
     * Where libtorch for CUDA comes from: {@code path} or {@code maven}, as for {@code ft:train}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cuda", defaultValue = "path")
    String cuda = "path";

    /**
     * Number of CPU threads; 0 uses all processors.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.threads", defaultValue = "0")
    int threads;

    /**
     * The {@code java} executable of the worker, at least Java 17.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.jvm")
    @Nullable
    String jvm;

    private final InputFiles inputFiles;
    private final StandaloneWorker worker;

    @Inject
    GenerateMojo(InputFiles inputFiles, StandaloneWorker worker) {
        super("generate");
        this.inputFiles = inputFiles;
        this.worker = worker;
    }

    @Override
    void run(InputFiles.Goal goal) throws IOException, WorkerException, DependencyResolutionException {
        Map<String, Object> generated = worker.run(
                goal, "generate", new StandaloneWorker.Compute(device, cuda, threads, jvm), parameters(goal));
        RawOutput.write(String.valueOf(generated.get("text")), output, getLog(), goal.session());
    }

    private Map<String, String> parameters(InputFiles.Goal goal) throws IOException {
        if (maxTokens < 1) {
            throw new InvalidInputException("ft.maxTokens is " + maxTokens + ", but must be at least 1.");
        }
        if (prompt == null) {
            throw new InvalidInputException("-Dft.prompt=… is missing.");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Located base = inputFiles.fetch(goal, "ft.model", RawOutput.required(model, "ft.model"), Kind.MODEL);
        parameters.put("model", base.path().toString());
        parameters.put("display", base.display());
        parameters.put("ignoreKeys", String.join(",", ignoreKeys));
        parameters.put("prompt", prompt);
        parameters.put("maxTokens", String.valueOf(maxTokens));
        if (adapter != null) {
            Located located = inputFiles.fetch(goal, "ft.adapter", adapter, Kind.ADAPTER);
            parameters.put("adapter", located.path().toString());
        }
        if (logits != null) {
            parameters.put("logits", logits.getAbsolutePath());
        }
        return parameters;
    }
}
