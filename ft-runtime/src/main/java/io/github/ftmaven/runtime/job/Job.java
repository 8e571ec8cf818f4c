package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.ServedTemplate;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.torch.Arena;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What every task starts from.
 *
 * @param specDirectory what paths of the dataset are relative to
 * @param base the base model
 * @param inputs where what the spec names is
 * @param output the output directory, {@code target/ft}
 */
public record Job(FineTuneSpec spec, Path specDirectory, ModelDirectory base, Inputs inputs, Path output) {
    /**
     * The base's weights as the spec wants them held.
     *
     * @throws InvalidInputException if they are not finite, or every one is to be trained and they are quantized
     */
    public BaseTensors weights(Arena arena) {
        return DeclaredBase.load(arena, base, spec);
    }

    /** How many tokens the base has a row for. */
    public int embeddingRows() {
        return base.architecture().dimensions().vocabSize();
    }

    /** The adapter that training goes on from. */
    public Path startFrom() {
        return Path.of(Objects.requireNonNull(inputs.startFrom(), "startFrom"));
    }

    /** The conversation format of the base model; lives as long as the tokenizer. */
    public ChatFormat format(Tokenizer tokenizer) {
        return ChatFormat.of(spec.dataset(), base.path(), tokenizer);
    }

    /**
     * How the fine-tune is asked by programs that render templates, and where its answers stop.
     *
     * @param tokenizer that of the base
     * @param format how it is trained
     * @param events told where the two differ
     */
    public ServedFiles served(Tokenizer tokenizer, ChatFormat format, Events events) {
        ServedTemplate.difference(spec.dataset(), base.path(), tokenizer, format)
                .ifPresent(events::warn);
        Optional<String> template = ServedTemplate.replacement(spec.dataset(), base.path(), tokenizer, format);
        // A whole model is kept in a directory without others in it.
        return ServedFiles.of(
                base,
                spec.adapter().method() == Method.FULL
                        ? template.or(() -> ServedTemplate.ofSeveralFiles(base.path()))
                        : template,
                format.endTokenId());
    }
}
