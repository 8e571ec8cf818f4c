package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which adapter on a class path a name means. */
class AdapterFilesTest {
    @TempDir
    Path directory;

    @Test
    void adaptersOfOneModuleAreToldApartByTheirClassifiers() throws IOException {
        Path plain = AdapterJars.write(directory.resolve("a.jar"), Map.of("fine-tune.yaml", "plain"));
        Path small = AdapterJars.write(directory.resolve("a-small.jar"), Map.of("small/fine-tune.yaml", "small"));
        assertThat(spec("g:a", plain, small)).isEqualTo("plain");
        assertThat(spec("g:a:small", plain, small)).isEqualTo("small");
        assertThat(spec("g:a:small", small, plain)).isEqualTo("small");
    }

    @Test
    void twoOfOneNameAreRefused() throws IOException {
        Path one = AdapterJars.write(directory.resolve("one.jar"), Map.of("small/fine-tune.yaml", "1"));
        Path other = AdapterJars.write(directory.resolve("other.jar"), Map.of("small/fine-tune.yaml", "2"));
        assertThatThrownBy(() -> spec("g:a:small", one, other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("g:a:small: this adapter is on the class path more than once: jar:file:");
    }

    /** As Maven and IDEs give a module that is not packaged yet. */
    @Test
    void directoriesOfClassesAreSearched() throws IOException {
        Path classes = directory.resolve("a b#c%41d/classes");
        Path adapter = Files.createDirectories(classes.resolve("META-INF/lora/com.acme/triage"));
        Files.writeString(adapter.resolve("fine-tune.yaml"), "loose");
        assertThat(spec("com.acme:triage", classes)).isEqualTo("loose");
        assertThatThrownBy(() -> spec("com.acme:traige", classes))
                .hasMessage(
                        "com.acme:traige: this adapter is not on the class path. Did you mean 'com.acme:triage'? Available"
                                + " adapters: com.acme:triage.");
    }

    private static String spec(String name, Path... classPath) throws IOException {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, null);
                AdapterFiles files = AdapterFiles.onClassPath(name, loader)) {
            return Files.readString(files.directory().resolve(AdapterFiles.SPEC));
        }
    }
}
