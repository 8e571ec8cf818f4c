package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedAdapterTest {
    @TempDir
    Path directory;

    private final Map<String, String> files = new LinkedHashMap<>();

    PackagedAdapterTest() {
        files.put("README.md", "# Card\n");
        files.put("adapter_config.json", "{}\n");
    }

    @Test
    void itsDigestIsThatOfWhatSha256sumPrints() throws IOException {
        // printf '# Card\n' > README.md; printf '{}\n' > adapter_config.json; sha256sum * | sha256sum
        assertThat(digest()).isEqualTo("5dd10c2e4f07591e3746cea40a47fe1c04fde593f043a57d8a9662950b76afbd");
    }

    @Test
    void sealingDoesNotChangeItsContent() throws IOException {
        String before = digest();
        files.put("README.md", "# Card\n" + PackagedAdapter.CARD_MARK + "\n## Evaluation\n");
        files.put("evaluation/scores.json", "{}");

        assertThat(digest()).isEqualTo(before);
        try (PackagedAdapter adapter = open()) {
            assertThat(adapter.isSealed()).isTrue();
            assertThat(adapter.files()).containsExactly("README.md", "adapter_config.json");
            assertThat(adapter.content("README.md")).hasContent("# Card\n");
            assertThat(new String(adapter.read("README.md").orElseThrow(), StandardCharsets.UTF_8))
                    .endsWith("## Evaluation\n");
            assertThat(adapter.read("evaluation/scores.json")).isPresent();
        }
    }

    @Test
    void anyOtherFileIsContent() throws IOException {
        String before = digest();
        files.put("adapter_config.json", "{} \n");
        assertThat(digest()).isNotEqualTo(before);
        files.put("adapter_config.json", "{}\n");
        files.put("README.md", "# Card \n");
        assertThat(digest()).isNotEqualTo(before);
        files.put("README.md", "# Card\n");
        files.put("more", "");
        assertThat(digest()).isNotEqualTo(before);
    }

    /** The jars of one module, on one class path, must not hide each other. */
    @Test
    void aClassifierHasADirectoryOfItsOwn() throws IOException {
        String plain = digest();
        TreeMap<String, String> classified = new TreeMap<>();
        files.forEach((name, content) -> classified.put("small/" + name, content));
        try (PackagedAdapter adapter =
                PackagedAdapter.open(AdapterJars.write(directory.resolve("small.jar"), classified), "small.jar")) {
            assertThat(adapter.coordinates()).isEqualTo("g:a");
            assertThat(adapter.root()).isEqualTo("META-INF/lora/g/a/small/");
            assertThat(adapter.digest()).isEqualTo(plain);
        }
        classified.putAll(files);
        assertThatThrownBy(() ->
                        PackagedAdapter.open(AdapterJars.write(directory.resolve("both.jar"), classified), "both.jar"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("both.jar: must hold one adapter under META-INF/lora/, but holds g:a and g:a:small.");
    }

    @Test
    void refusesWhatIsDeeper() throws IOException {
        files.put("evaluation/sub/file", "");
        assertThatThrownBy(this::digest)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("target/a.jar: the entry META-INF/lora/g/a/evaluation/sub/file is not a file of an adapter:"
                        + " META-INF/lora/<groupId>/<artifactId>/<file>.");
    }

    private String digest() throws IOException {
        try (PackagedAdapter adapter = open()) {
            return adapter.digest();
        }
    }

    private PackagedAdapter open() throws IOException {
        return PackagedAdapter.open(AdapterJars.write(directory.resolve("a.jar"), files), "target/a.jar");
    }
}
