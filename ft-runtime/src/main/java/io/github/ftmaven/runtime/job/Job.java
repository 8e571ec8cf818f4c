package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.ServedTemplate;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.torch.Arena;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The input of every task.
 *
 * @param specDirectory the directory that the dataset's paths are relative to
 * @param base the base model
 * @param inputs where the inputs of the spec are
 * @param output the output directory, {@code target/ft}
 */
public record Job(FineTuneSpec spec, Path specDirectory, ModelDirectory base, Inputs inputs, Path output) {
    /**
     * The base's weights in the format that the spec declares.
     *
     * @param type what is computed in: F32 or BF16
     * @throws InvalidInputException if they are not finite, or the spec trains every weight and they are quantized
     */
    public BaseTensors weights(Arena arena, DType type) {
        return weights(arena, type, spec.training().memory().offload());
    }

    /**
     * The same.
     *
     * @param offload where frozen layers are
     */
    public BaseTensors weights(Arena arena, DType type, Offload offload) {
        return DeclaredBase.load(arena, base, spec, type, offload);
    }

    /** The number of rows of the base's embedding. */
    public int embeddingRows() {
        return base.architecture().dimensions().vocabSize();
    }

    /** The adapter to continue from. */
    public Path startFrom() {
        return Path.of(Objects.requireNonNull(inputs.startFrom(), "startFrom"));
    }

    /** The conversation format of the base model; valid as long as the tokenizer. */
    public ChatFormat format(Tokenizer tokenizer) {
        return ChatFormat.of(spec.dataset(), base.path(), tokenizer, base.endTokens());
    }

    /**
     * How programs that render templates prompt the fine-tune, and where its answers stop.
     *
     * @param tokenizer of the base
     * @param format the format of the training conversations
     * @param events receives a message if the two differ
     */
    public ServedFiles served(Tokenizer tokenizer, ChatFormat format, Events events) {
        ServedTemplate.difference(spec.dataset(), base.path(), tokenizer, format)
                .ifPresent(events::warn);
        Optional<String> template = ServedTemplate.replacement(spec.dataset(), base.path(), tokenizer, format);
        // A full model's directory has no subdirectories.
        return ServedFiles.of(
                base,
                spec.adapter().method() == Method.FULL
                        ? template.or(() -> ServedTemplate.ofSeveralFiles(base.path()))
                        : template,
                format.endTokenId());
    }
}
