package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.runtime.chat.ChatTemplate;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Prints a conversation exactly as a model's chat template writes it. Needs no project and no native library.
 *
 * @since 0.1.0
 */
@Mojo(name = "render", requiresProject = false, threadSafe = true)
public final class RenderMojo extends AbstractMojo {
    /**
     * The model's directory, for its template and its special tokens.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.model", required = true)
    @Nullable
    File model;

    /**
     * A JSON file: a list of messages, or an object with {@code messages} and, as the template needs them, {@code tools},
     * {@code documents} and other variables.
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
     * Whether to end with what begins an answer.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.addGenerationPrompt", defaultValue = "false")
    boolean addGenerationPrompt;

    /**
     * A file for the text, byte for byte as it is; without it the text goes to the log.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.output")
    @Nullable
    File output;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            Path directory = RawOutput.required(model, "ft.model");
            Path conversation = RawOutput.required(messages, "ft.messages");
            if (!Files.isDirectory(directory)) {
                throw new InvalidInputException(directory + ": no such directory. ft.model names a model's directory.");
            }
            ChatTemplate chat = template == null
                    ? ChatTemplate.of(directory)
                            .orElseThrow(() -> new InvalidInputException(
                                    directory + ": the model has no chat template. Name one in ft.template."))
                    : ChatTemplate.ofFile(template.toPath(), directory);
            RawOutput.write(
                    chat.render(
                                    ChatTemplate.variables(conversation),
                                    addGenerationPrompt,
                                    Clock.system(ZoneId.systemDefault()))
                            .text(),
                    output,
                    getLog());
        } catch (InvalidInputException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("ft:render could not write a file: " + e.getMessage(), e);
        }
    }
}
