package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a test compares its result with, and writes anew when the property {@code regenerate} is set. */
final class Golden {
    private Golden() {}

    /** Fails unless the file holds exactly {@code actual} and a final line break. */
    static void assertSame(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(file, actual + "\n");
        }
        assertThat(file).exists();
        assertThat(actual + "\n")
                .as("%s; to write it anew: mvn test -pl ft-runtime -Dtest='*Spec*' -Dregenerate=true", file)
                .isEqualTo(Files.readString(file));
    }
}
