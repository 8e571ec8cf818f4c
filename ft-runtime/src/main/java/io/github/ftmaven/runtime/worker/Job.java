package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What every task starts from.
 *
 * @param specDirectory what paths in the spec are relative to
 * @param base the base model
 * @param output the output directory, {@code target/ft}
 */
record Job(FineTuneSpec spec, Path specDirectory, ModelDirectory base, Path output) {
    static Job of(WorkRequest request) {
        Path file = Path.of(request.spec());
        FineTuneSpec spec = SpecReader.read(file);
        Path parent = file.getParent();
        Path specDirectory = parent == null ? Path.of("") : parent;
        Path directory = specDirectory.resolve(spec.base().model()).normalize();
        return new Job(
                spec, specDirectory, ModelDirectory.open(directory, directory.toString()), Path.of(request.output()));
    }

    /** The adapter that training goes on from. */
    Path startFrom() {
        return specDirectory
                .resolve(Objects.requireNonNull(spec.adapter().startFrom()))
                .normalize();
    }

    /** The conversation format of the base model; lives as long as the tokenizer. */
    ChatFormat format(Tokenizer tokenizer) {
        return ChatFormat.of(spec.dataset(), base.path(), tokenizer);
    }
}
