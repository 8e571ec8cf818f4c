package io.github.ftmaven.plugin.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.plugin.artifact.MadeBeforeSealing.Artifact;
import io.github.ftmaven.plugin.artifact.MadeBeforeSealing.Kind;
import io.github.ftmaven.plugin.artifact.MadeBeforeSealing.Made;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was made of a jar that is about to change does not fit it. */
class MadeBeforeSealingTest {
    private static final Instant PACKAGED = Instant.parse("2026-01-31T12:00:00Z");
    private static final String ROOT = "META-INF/lora/g/p/";

    @TempDir
    Path directory;

    private Path jar;

    @BeforeEach
    void write() throws IOException {
        jar = directory.resolve("p-1.0-lora.jar");
        AdapterJar.of("g:p")
                .add("README.md", "# Card\n".getBytes(StandardCharsets.UTF_8))
                .add("adapter_model.safetensors", "weights".getBytes(StandardCharsets.UTF_8))
                .write(jar, PACKAGED);
    }

    @Test
    void theJarAloneIsAllRight() throws IOException {
        assertThat(find(artifact(jar, "lora", "jar"), artifact(write("p-1.0.pom", "<project/>"), null, "pom")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lora, jar.asc, SIGNATURE",
        "lora, jar.sigstore.json, SIGNATURE",
        "lora, jar.sigstore, SIGNATURE",
        "lora, jar.sha512, CHECKSUM",
        "lora, jar.md5, CHECKSUM",
        // Of the pom, of another artifact, of another form of the adapter, which sealing leaves as it is.
        "lora, pom.asc,",
        ", jar.asc,",
        "lora, gguf.asc,",
        "merged, zip.asc,",
    })
    void whatIsAttachedUnderItsClassifierIsOfIt(@Nullable String classifier, String extension, @Nullable Kind expected)
            throws IOException {
        Path file = old(write("attached", "-----BEGIN PGP SIGNATURE-----"));
        assertThat(find(artifact(jar, "lora", "jar"), artifact(file, classifier, extension)))
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(new Made(file, expected)));
    }

    @Test
    void aMainArtifactHasNoClassifier() throws IOException {
        Path signature = old(write("p-1.0.jar.asc", "-----BEGIN PGP SIGNATURE-----"));
        MadeBeforeSealing main = new MadeBeforeSealing(jar, null, ROOT);
        assertThat(main.find(List.of(artifact(signature, "", "jar.asc")), PACKAGED))
                .containsExactly(new Made(signature, Kind.SIGNATURE));
        assertThat(main.find(List.of(artifact(signature, "sources", "jar.asc")), PACKAGED))
                .isEmpty();
    }

    @Test
    void aSignatureBesideItIsOfItIfItIsOfThisBuild() throws IOException {
        Path signature = write("p-1.0-lora.jar.asc", "-----BEGIN PGP SIGNATURE-----");
        write("p-1.0.jar.asc", "-----BEGIN PGP SIGNATURE-----");
        assertThat(find()).containsExactly(new Made(signature, Kind.SIGNATURE));
        old(signature);
        assertThat(find()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"})
    void aChecksumIsFoundInWhateverFile(String algorithm) throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(jar)));
        Path list =
                write("artifacts-checksums.csv", "File," + algorithm + "\nx," + digest.toUpperCase(Locale.ROOT) + "\n");
        Path info = old(write("p.buildinfo", "outputs.1.checksums.sha512=" + digest + "\n"));
        write("other.csv", "File," + digest.replace('a', 'b').replace('1', '2') + "\n");
        assertThat(find(artifact(info, null, "buildinfo")))
                .containsExactly(new Made(info, Kind.CHECKSUM), new Made(list, Kind.CHECKSUM));
    }

    @Test
    void anotherAdapterOfTheModuleIsNoCopy() throws IOException {
        Path small = zip("p-1.0-small.jar", Map.of(ROOT + "small/adapter_config.json", new byte[0]));
        assertThat(find(artifact(small, "small", "jar"))).isEmpty();
    }

    @Test
    void aCopyIsFoundInArchives() throws IOException {
        Path packed = zip("fat.jar", Map.of("BOOT-INF/lib/renamed.jar", Files.readAllBytes(jar)));
        Path unpacked = zip("p-1.0-bin.zip", Map.of("p/" + ROOT + "adapter_config.json", new byte[0]));
        Path other = zip("p-1.0.jar", Map.of("it/Service.class", new byte[Files.readAllBytes(jar).length]));
        Path broken = write("broken.zip", "no zip");
        // Of no artifact: it is not published.
        Files.copy(jar, directory.resolve("backup.jar"));
        assertThat(find(
                        artifact(other, null, "jar"),
                        artifact(unpacked, "bin", "zip"),
                        artifact(packed, "fat", "jar"),
                        artifact(broken, "broken", "zip")))
                .containsExactly(new Made(unpacked, Kind.COPY), new Made(packed, Kind.COPY));
    }

    @Test
    void aJarThatIsSignedInsideIsFound() throws IOException {
        add("META-INF/KEY.SF");
        assertThat(find()).containsExactly(new Made(jar, Kind.SIGNED_JAR));
    }

    @Test
    void aJarWithMoreInItIsFound() throws IOException {
        add("it/Service.class");
        assertThat(find()).containsExactly(new Made(jar, Kind.MORE));
    }

    private List<Made> find(Artifact... artifacts) throws IOException {
        return new MadeBeforeSealing(jar, "lora", ROOT).find(List.of(artifacts), PACKAGED);
    }

    private static Artifact artifact(Path file, @Nullable String classifier, String extension) {
        return new Artifact(file, classifier, extension);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(PACKAGED.minusSeconds(1)));
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private void add(String name) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                zip.getInputStream(entry).transferTo(bytes);
                entries.put(entry.getName(), bytes.toByteArray());
            }
        }
        entries.put(name, new byte[0]);
        zip("p-1.0-lora.jar", entries);
    }
}
