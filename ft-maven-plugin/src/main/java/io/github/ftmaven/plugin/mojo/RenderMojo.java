package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.Locator.Kind;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.worker.StandaloneWorker;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.chat.ChatTemplate;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Prints a conversation exactly as a model's chat template renders it. Needs no project, and a native library only with
 * {@code ft.tokens}.
 *
 * @since 0.1.0
 */
@Mojo(name = "render", requiresProject = false, threadSafe = true)
public final class RenderMojo extends ModelMojo {
    /**
     * The model that provides the template and the special tokens: a directory, {@code hf:ORG/NAME@REVISION} or
     * {@code mvn:G:A:V[:TYPE[:CLASSIFIER]]}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.model", required = true)
    @Nullable
    String model;

    /**
     * A JSON file: either a list of messages, or an object with {@code messages} and other template variables such as
     * {@code tools} and {@code documents}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.messages", required = true)
    @Nullable
    File messages;

    /**
     * A template to use instead of the model's own.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.template")
    @Nullable
    File template;

    /**
     * Whether to append the generation prompt, which starts the assistant's answer.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.addGenerationPrompt", defaultValue = "false")
    boolean addGenerationPrompt;

    /**
     * Prints the conversation's tokens instead of its text, one per line: {@code *} if training learns the token, its
     * id and its text.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.tokens", defaultValue = "false")
    boolean tokens;

    /**
     * A file for the raw text. Without it, the text goes to the log.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.output")
    @Nullable
    File output;

    private final InputFiles inputFiles;
    private final StandaloneWorker worker;

    @Inject
    RenderMojo(InputFiles inputFiles, StandaloneWorker worker) {
        super("render");
        this.inputFiles = inputFiles;
        this.worker = worker;
    }

    @Override
    void run(InputFiles.Goal goal) throws IOException, WorkerException, DependencyResolutionException {
        Path directory = inputFiles
                .fetch(goal, "ft.model", RawOutput.required(model, "ft.model"), Kind.CONFIGURATION)
                .path();
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(directory + ": no such directory. ft.model names a model's directory.");
        }
        Path conversation = RawOutput.required(messages, "ft.messages");
        RawOutput.write(
                tokens ? tokens(goal, directory, conversation) : text(directory, conversation),
                output,
                getLog(),
                goal.session());
    }

    @SuppressForbidden("templates can print the date in the user's time zone")
    private String text(Path directory, Path conversation) {
        ChatTemplate chat = template == null
                ? ChatTemplate.of(directory)
                        .orElseThrow(() -> new InvalidInputException(
                                directory + ": the model has no chat template. Name one in ft.template."))
                : ChatTemplate.ofFile(template.toPath(), directory);
        return chat.render(
                        ChatTemplate.variables(conversation), addGenerationPrompt, Clock.system(ZoneId.systemDefault()))
                .text();
    }

    private String tokens(InputFiles.Goal goal, Path directory, Path conversation)
            throws IOException, WorkerException, DependencyResolutionException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("model", directory.toString());
        parameters.put("messages", conversation.toString());
        if (template != null) {
            parameters.put("template", template.toString());
        }
        StandaloneWorker.Compute compute = new StandaloneWorker.Compute("cpu", "path", 1, null);
        return String.valueOf(worker.run(goal, "render", compute, parameters).get("text"));
    }
}
