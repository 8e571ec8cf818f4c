package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in {@code spec/bad/NAME.yaml} is refused with exactly the message in {@code NAME.txt}. */
class BadSpecTest {
    static final Path DIRECTORY = Path.of("src/test/resources/spec/bad");

    @ParameterizedTest
    @MethodSource("names")
    void refuses(String name) throws IOException {
        InvalidInputException thrown = catchThrowableOfType(
                InvalidInputException.class, () -> SpecReader.read(DIRECTORY.resolve(name + ".yaml"), "ft.yaml"));
        assertThat(thrown).as(name).isNotNull();
        Golden.assertSame(DIRECTORY.resolve(name + ".txt"), String.valueOf(thrown.getMessage()));
    }

    @Test
    void messagesBelongToSpecs() throws IOException {
        assertThat(names()).hasSizeGreaterThan(50);
        assertThat(names(".txt")).isEqualTo(names());
    }

    static List<String> names() throws IOException {
        return names(".yaml");
    }

    private static List<String> names(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        }
    }
}
