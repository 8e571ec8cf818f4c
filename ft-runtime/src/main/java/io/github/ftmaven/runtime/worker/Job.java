package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import io.github.ftmaven.runtime.torch.Arena;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What every task starts from.
 *
 * @param specDirectory what paths of the dataset are relative to
 * @param base the base model
 * @param inputs where what the spec names is
 * @param output the output directory, {@code target/ft}
 */
record Job(FineTuneSpec spec, Path specDirectory, ModelDirectory base, WorkRequest.Inputs inputs, Path output) {
    static Job of(WorkRequest request) {
        WorkRequest.Inputs inputs = request.required().inputs();
        Path file = Path.of(request.required().spec());
        Path directory = file.getParent();
        return new Job(
                SpecReader.read(file),
                directory == null ? Path.of("") : directory,
                ModelDirectory.open(Path.of(inputs.base()), inputs.display()),
                inputs,
                Path.of(request.setting().output()));
    }

    /**
     * The base's weights as the spec wants them held.
     *
     * @throws InvalidInputException if they are not finite, or every one is to be trained and they are quantized
     */
    BaseTensors weights(Arena arena) {
        return BaseTensors.declared(arena, base, spec);
    }

    /** How many tokens the base has a row for. */
    int embeddingRows() {
        return base.architecture().dimensions().vocabSize();
    }

    /** The adapter that training goes on from. */
    Path startFrom() {
        return Path.of(Objects.requireNonNull(inputs.startFrom(), "startFrom"));
    }

    /** The conversation format of the base model; lives as long as the tokenizer. */
    ChatFormat format(Tokenizer tokenizer) {
        return ChatFormat.of(spec.dataset(), base.path(), tokenizer);
    }
}
