package io.github.ftmaven.runtime.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The tokenizers of the tests. */
public final class Fixtures {
    private Fixtures() {}

    /** A committed tokenizer's directory: {@code bytes} or {@code words}; see tools/tokenizer_fixtures.py. */
    public static Path tokenizer(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/tokenizers/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy of a committed tokenizer, to be changed. */
    static Path copy(String name, Path target) {
        try (Stream<Path> files = Files.list(tokenizer(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
