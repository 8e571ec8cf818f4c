package io.github.ftmaven.plugin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.Locator.Kind;
import io.github.ftmaven.plugin.NotHereException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.hub.Hub;
import io.github.ftmaven.runtime.hub.HubListener;
import io.github.ftmaven.runtime.hub.HubSettings;
import io.github.ftmaven.runtime.hub.HubSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private static final String COMMIT = "7ae557604adf67be50417f59c2c2f167def9a775";

    private final Map<Coordinates, Path> artifacts = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private @Nullable String release;

    @TempDir
    private Path directory;

    @BeforeEach
    void nameAHub() {
        environment.put("HF_ENDPOINT", "http://localhost:1");
        environment.put("HF_HUB_CACHE", directory.resolve("hub").toString());
    }

    @Test
    void whatIsOnNoHubDoesNotCareForItsSettings() throws IOException {
        environment.put("HF_ENDPOINT", "nowhere at all");
        assertThat(sources(true).locate("base.model", "../model", Kind.MODEL).path())
                .isEqualTo(directory.resolve("model"));
        assertThatThrownBy(() -> sources(true).locate("base.model", "hf:acme/tiny@" + COMMIT, Kind.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base.model: HF_ENDPOINT is not a URL.");
    }

    @Test
    void aDirectoryIsRelativeToTheSpec() throws IOException {
        assertThat(sources(false).locate("base.model", "../model", Kind.MODEL))
                .isEqualTo(new Located(directory.resolve("model"), "shown/model", "../model", null));
    }

    @Test
    void aCachedModelOfAHubIsKnownByItsNameAndCommit() throws IOException {
        Path snapshot = directory.resolve("hub/models--acme--tiny/snapshots/" + COMMIT);
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            write(snapshot.resolve(file));
        }
        for (String file : List.of(
                "generation_config.json",
                "tokenizer_config.json",
                "special_tokens_map.json",
                "added_tokens.json",
                "chat_template.jinja",
                "chat_template.json",
                "additional_chat_templates/default.jinja",
                "additional_chat_templates/tool_use.jinja")) {
            write(directory
                    .resolve("hub/models--acme--tiny/.no_exist/" + COMMIT)
                    .resolve(file));
        }
        String declared = "hf:acme/tiny@" + COMMIT;

        Located located = sources(false).locate("base.model", declared, Kind.MODEL);

        assertThat(located).isEqualTo(new Located(snapshot, declared, "acme/tiny", COMMIT));
        assertThat(sources(true).locate("base.model", declared, Kind.MODEL)).isEqualTo(located);
        Files.delete(snapshot.resolve("model.safetensors"));
        assertThat(sources(false).locate("base.model", declared, Kind.CONFIGURATION))
                .isEqualTo(located);
        assertThatThrownBy(() -> sources(false).locate("base.model", declared, Kind.MODEL))
                .isInstanceOf(NotHereException.class);
    }

    @Test
    void aRevisionIsPinnedUnlessAllowed() {
        assertThatThrownBy(() -> sources(false).locate("base.model", "hf:acme/tiny", Kind.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base.model: hf:acme/tiny: has no revision");
    }

    @Test
    void anArtifactIsUnpackedOnce() throws IOException {
        Path zip = directory.resolve("tiny.zip");
        zip(zip, "README.md", "m/config.json", "m/tokenizer.json", "m/deep/config.json", "m/../../evil", "m/.hidden");
        artifacts.put(new Coordinates("com.acme", "tiny", "1.0", "zip", "bf16"), zip);
        String declared = "mvn:com.acme:tiny:1.0:zip:bf16";

        Located located = sources(true).locate("base.model", declared, Kind.MODEL);

        assertThat(located.display()).isEqualTo(declared);
        assertThat(located.revision()).isNull();
        assertThat(located.path().getParent()).isEqualTo(directory.resolve("cache"));
        assertThat(located.path())
                .isDirectoryContaining("glob:**config.json")
                .isDirectoryContaining("glob:**tokenizer.json");
        try (var files = Files.list(located.path())) {
            assertThat(files).hasSize(2);
        }
        assertThat(sources(false).locate("base.model", declared, Kind.MODEL)).isEqualTo(located);
        try (var models = Files.list(directory.resolve("cache"))) {
            assertThat(models).filteredOn(Files::isDirectory).hasSize(1);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void modulesThatAreBuiltAtOnceUnpackTheSameArtifact() throws Exception {
        Path zip = directory.resolve("tiny.zip");
        zip(zip, "config.json", "tokenizer.json");
        artifacts.put(new Coordinates("com.acme", "tiny", "1.0", "zip", ""), zip);
        int modules = 4;
        ExecutorService threads = Executors.newFixedThreadPool(modules);
        try {
            for (int round = 0; round < 25; round++) {
                Path cache = directory.resolve("cache" + round);
                CyclicBarrier start = new CyclicBarrier(modules);
                List<Future<Path>> found = threads.invokeAll(Collections.nCopies(modules, () -> {
                    start.await();
                    return sources(true, cache)
                            .locate("base.model", "mvn:com.acme:tiny:1.0:zip", Kind.MODEL)
                            .path();
                }));
                for (Future<Path> path : found) {
                    assertThat(path.get().resolve("config.json")).hasContent("x");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatWasUnpackedIsLookedAtBeforeItIsUsed() throws IOException {
        Path zip = directory.resolve("tiny.zip");
        zip(zip, "config.json", "tokenizer.json");
        artifacts.put(new Coordinates("com.acme", "tiny", "1.0", "zip", ""), zip);
        String declared = "mvn:com.acme:tiny:1.0:zip";
        Path model = sources(true).locate("base.model", declared, Kind.MODEL).path();
        String again = "base.model: " + declared + ": the unpacked copy is damaged (%s), so it is unpacked again.";

        Files.writeString(model.resolve("config.json"), "y");
        assertThat(sources(true).locate("base.model", declared, Kind.MODEL).path())
                .isEqualTo(model);
        assertThat(told).containsExactly(String.format(Locale.ROOT, again, "config.json was modified"));
        assertThat(model.resolve("config.json")).hasContent("x");

        Files.writeString(model.resolve("added_tokens.json"), "{}");
        sources(true).locate("base.model", declared, Kind.MODEL);
        Files.delete(model.resolve("tokenizer.json"));
        sources(true).locate("base.model", declared, Kind.MODEL);
        Files.delete(Path.of(model + ".json"));
        sources(true).locate("base.model", declared, Kind.MODEL);
        assertThat(told.subList(1, told.size()))
                .containsExactly(
                        String.format(Locale.ROOT, again, "added_tokens.json was added"),
                        String.format(Locale.ROOT, again, "tokenizer.json has disappeared"),
                        String.format(Locale.ROOT, again, "the list of its files cannot be read"));
        sources(true).locate("base.model", declared, Kind.MODEL);
        assertThat(told).hasSize(4);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aContentOfAHubIsWhatItsNameSays() throws Exception {
        Path repository = directory.resolve("hub/models--acme--tiny");
        Path snapshot = repository.resolve("snapshots/" + COMMIT);
        // printf x | sha256sum; printf '{}' | git hash-object --stdin
        Path weights = blob(repository, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "x");
        Path config = blob(repository, "9e26dfeeb6e641a33dae4961196235bdb965b21b", "{}");
        Files.createDirectories(snapshot);
        Files.createSymbolicLink(snapshot.resolve("model.safetensors"), weights);
        Files.createSymbolicLink(snapshot.resolve("config.json"), config);
        HubSnapshot model = new HubSnapshot(snapshot, COMMIT);
        assertThat(model.damaged(Digests::sha256)).isEmpty();

        Files.writeString(config, "[]");
        assertThat(model.damaged(Digests::sha256)).contains(snapshot.resolve("config.json"));
        Files.writeString(config, "{}");
        Files.writeString(weights, "y");
        assertThat(model.damaged(Digests::sha256)).contains(snapshot.resolve("model.safetensors"));
    }

    private static Path blob(Path repository, String digest, String content) throws IOException {
        Path blob = repository.resolve("blobs").resolve(digest);
        Files.createDirectories(blob.getParent());
        return Files.writeString(blob, content);
    }

    @Test
    void anAdapterStaysInItsJar() throws IOException {
        Path jar = directory.resolve("a.jar");
        write(jar);
        artifacts.put(new Coordinates("g", "a", "1", "jar", ""), jar);
        assertThat(sources(true)
                        .locate("adapter.startFrom", "mvn:g:a:1", Kind.ADAPTER)
                        .path())
                .isEqualTo(jar);
    }

    @Test
    void anArchiveWithoutAModelIsRefused() throws IOException {
        Path zip = directory.resolve("none.zip");
        zip(zip, "README.md");
        artifacts.put(new Coordinates("g", "a", "1", "zip", ""), zip);
        assertThatThrownBy(() -> sources(true).locate("base.model", "mvn:g:a:1:zip", Kind.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("base.model: mvn:g:a:1:zip: contains no config.json, so it is not a model.");
        Files.writeString(zip, "no zip");
        assertThatThrownBy(() -> sources(true).locate("base.model", "mvn:g:a:1:zip", Kind.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base.model: mvn:g:a:1:zip: not a jar or zip: ");
        try (var models = Files.list(directory.resolve("cache"))) {
            assertThat(models).isEmpty();
        }
    }

    @Test
    void whatAKilledBuildWasUnpackingIsDeleted() throws IOException {
        Path zip = directory.resolve("tiny.zip");
        zip(zip, "config.json");
        artifacts.put(new Coordinates("g", "a", "1", "zip", ""), zip);
        Path old = Files.createDirectories(directory.resolve("cache").resolve(".unpacking1"));
        Path file = Files.writeString(old.resolve("model.safetensors"), "half");
        Path current = Files.createDirectories(directory.resolve("cache").resolve(".unpacking2"));
        FileTime past = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(file, past);
        Files.setLastModifiedTime(old, past);

        sources(true).locate("base.model", "mvn:g:a:1:zip", Kind.MODEL);

        assertThat(old).doesNotExist();
        assertThat(current).exists();
    }

    @Test
    void anArchiveUnpacksToNoMoreThanFilesOfAModelDo() throws IOException {
        Path zip = directory.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("config.json"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        artifacts.put(new Coordinates("g", "a", "1", "zip", ""), zip);
        assertThatThrownBy(() -> sources(true).locate("base.model", "mvn:g:a:1:zip", Kind.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base.model: mvn:g:a:1:zip: would unpack to more than ");
    }

    @Test
    void coordinatesAreChecked() {
        for (String declared : List.of("mvn:g:a", "mvn:g:a:1:zip:c:d", "mvn:g::1", "mvn:g:a:[1,2)", "mvn:../x:a:1")) {
            assertThatThrownBy(() -> sources(true).locate("base.model", declared, Kind.MODEL))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("base.model: " + declared + ": not an artifact.");
        }
        assertThatThrownBy(() -> sources(true).locate("base.model", "mvn:g:a:LATEST", Kind.MODEL))
                .hasMessage("base.model: mvn:g:a:LATEST: the version LATEST can change. Write a fixed version.");
        assertThatThrownBy(() -> sources(true).locate("base.model", "mvn:g:a:1:tar.gz", Kind.MODEL))
                .hasMessage("base.model: mvn:g:a:1:tar.gz: the type tar.gz is not supported. Use jar or zip.");
    }

    @Test
    void aSnapshotIsNoPartOfARelease() throws IOException {
        for (String version : List.of("1-SNAPSHOT", "1-snapshot", "SNAPSHOT", "1-20260131.120000-3", "1")) {
            artifacts.put(
                    new Coordinates("g", "a", version, "jar", ""),
                    Files.writeString(directory.resolve(version), "jar"));
        }
        assertThat(sources(true).locate("base.model", "mvn:g:a:1-SNAPSHOT", Kind.ADAPTER))
                .isNotNull();

        release = "1.0";
        for (String version : List.of("1-SNAPSHOT", "1-snapshot", "SNAPSHOT")) {
            for (boolean fetch : List.of(true, false)) {
                assertThatThrownBy(() -> sources(fetch).locate("adapter.startFrom", "mvn:g:a:" + version, Kind.ADAPTER))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage("adapter.startFrom: mvn:g:a:" + version
                                + ": a snapshot can change, and this build makes the release 1.0, so building it"
                                + " again could give another result. Declare a released version, or allow snapshots"
                                + " with -Dft.allowFloatingRevision.");
            }
        }
        for (String version : List.of("1-20260131.120000-3", "1")) {
            assertThat(sources(true).locate("base.model", "mvn:g:a:" + version, Kind.ADAPTER))
                    .isNotNull();
        }
    }

    @Test
    void aModuleThatIsNotPackagedYetIsItsDirectoryOfClasses() throws IOException {
        Path classes = directory.resolve("classes");
        artifacts.put(new Coordinates("g", "a", "1", "jar", ""), classes);
        for (Kind kind : List.of(Kind.MODEL, Kind.ADAPTER)) {
            assertThatThrownBy(() -> sources(true).locate("key", "mvn:g:a:1", kind))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("key: mvn:g:a:1 is a module of this build that is not packaged yet, and shown/classes"
                            + " holds no " + (kind == Kind.MODEL ? "config.json" : "adapter_config.json")
                            + ". Run mvn package or a later phase.");
        }
        write(classes.resolve("tiny/deeper/config.json"));
        write(classes.resolve("tiny/config.json"));
        write(classes.resolve("META-INF/lora/g/a/adapter_config.json"));
        assertThat(sources(true).locate("base.model", "mvn:g:a:1", Kind.MODEL))
                .isEqualTo(new Located(classes.resolve("tiny"), "mvn:g:a:1", "mvn:g:a:1", null));
        assertThat(sources(true).locate("adapter.startFrom", "mvn:g:a:1", Kind.ADAPTER))
                .isEqualTo(new Located(classes.resolve("META-INF/lora/g/a"), "mvn:g:a:1", "mvn:g:a:1", null));
    }

    private Sources sources(boolean fetch) {
        return sources(fetch, directory.resolve("cache"));
    }

    private Sources sources(boolean fetch, Path cache) {
        HubListener nobody = new HubListener() {
            @Override
            public void arrived(String file, long bytes, long size) {}

            @Override
            public void retrying(String message) {}

            @Override
            public void unverified(String message) {}
        };
        Artifacts repository = new Artifacts() {
            @Override
            public Optional<Path> local(String key, Coordinates coordinates) {
                return Optional.ofNullable(artifacts.get(coordinates));
            }

            @Override
            public Path resolve(String key, Coordinates coordinates) {
                return Objects.requireNonNull(artifacts.get(coordinates));
            }
        };
        return new Sources(
                new Sources.Directory(
                        directory.resolve("spec"), path -> Path.of("shown").resolve(path.getFileName())),
                () -> new Hub(HubSettings.of(environment, directory, true), nobody),
                repository,
                new Sources.Settings(fetch, false, release, cache, new HashMap<>(), told::add));
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
    }

    private static void zip(Path file, String... entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write('x');
            }
        }
    }
}
