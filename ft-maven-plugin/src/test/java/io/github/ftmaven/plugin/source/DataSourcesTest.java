package io.github.ftmaven.plugin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.NotHereException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.FetchedFile;
import io.github.ftmaven.runtime.hub.Hub;
import io.github.ftmaven.runtime.hub.HubListener;
import io.github.ftmaven.runtime.hub.HubListing;
import io.github.ftmaven.runtime.hub.HubSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourcesTest {
    private static final String COMMIT = "7ae557604adf67be50417f59c2c2f167def9a775";
    private static final String PLACE = "dataset.train[0]";

    private final Map<Coordinates, Path> artifacts = new HashMap<>();
    private @Nullable String release;
    private boolean floating;

    @TempDir
    private Path directory;

    @Test
    void filesOfAHubKeepTheNameThatTheSpecGivesThem() throws IOException {
        Path snapshot = directory.resolve("hub/datasets--acme--tiny/snapshots/" + COMMIT);
        write(snapshot.resolve("data/train.jsonl"));
        String declared = "hf:datasets/acme/tiny@" + COMMIT + ":data/train.jsonl";

        assertThat(names(false, declared)).containsExactly(declared);
        assertThat(paths(true, declared)).containsExactly(snapshot.resolve("data/train.jsonl"));
        assertThatThrownBy(() -> names(false, "hf:datasets/acme/tiny@" + COMMIT + ":test.jsonl"))
                .isInstanceOf(NotHereException.class);

        assertThatThrownBy(() -> names(false, "hf:datasets/acme/tiny@main:data/train.jsonl"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        PLACE + ": hf:datasets/acme/tiny@main:data/train.jsonl: the revision main can move");
        floating = true;
        Files.createDirectories(directory.resolve("hub/datasets--acme--tiny/refs"));
        Files.writeString(directory.resolve("hub/datasets--acme--tiny/refs/main"), COMMIT);
        FetchedFile file =
                locate(false, "hf:datasets/acme/tiny@main:data/train.jsonl").get(0);
        assertThat(file.name()).isEqualTo("hf:datasets/acme/tiny@main:data/train.jsonl");
        assertThat(file.published()).isEqualTo(declared);
    }

    @Test
    void aGlobNeedsAListOfTheFiles() throws IOException {
        Path snapshot = directory.resolve("hub/datasets--acme--tiny/snapshots/" + COMMIT);
        write(snapshot.resolve("data/b.jsonl"));
        write(snapshot.resolve("data/a.jsonl"));
        String declared = "hf:datasets/acme/tiny@" + COMMIT + ":data/*.jsonl";

        assertThatThrownBy(() -> names(false, declared)).isInstanceOf(NotHereException.class);
        assertThatThrownBy(() -> names(true, declared))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        PLACE + ": hf:datasets/acme/tiny@" + COMMIT + ": the list of its files is not on");
        new KeptListings(directory.resolve("cache/listings"))
                .write(
                        "acme/tiny",
                        new HubListing(COMMIT, List.of(".gitattributes", "data/b.jsonl", "data/a.jsonl", "x")));
        for (boolean fetch : new boolean[] {false, true}) {
            assertThat(names(fetch, declared))
                    .containsExactly(declared.replace("*.jsonl", "a.jsonl"), declared.replace("*.jsonl", "b.jsonl"));
        }
        assertThatThrownBy(() -> names(true, declared.replace("*.jsonl", "*.csv")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(PLACE + ": " + declared.replace("*.jsonl", "*.csv")
                        + ": matches none of the 4 files of the dataset, such as data/b.jsonl.");
    }

    @Test
    void filesOfAnArchiveAreUnpackedOnce() throws IOException {
        Path jar = directory.resolve("clauses.jar");
        zip(jar, "data/b.jsonl", "data/a.jsonl", "META-INF/x.json", "A.class", "../evil.jsonl", ".hidden.jsonl");
        artifacts.put(new Coordinates("com.acme", "clauses", "1.0", "jar", ""), jar);

        assertThat(names(true, "mvn:com.acme:clauses:1.0"))
                .containsExactly("mvn:com.acme:clauses:1.0!data/a.jsonl", "mvn:com.acme:clauses:1.0!data/b.jsonl");
        assertThat(names(true, "mvn:com.acme:clauses:1.0!data/b.jsonl"))
                .containsExactly("mvn:com.acme:clauses:1.0!data/b.jsonl");
        Path file = paths(false, "mvn:com.acme:clauses:1.0!data/*b.jsonl").get(0);
        assertThat(file).hasContent("data/b.jsonl").hasFileName("b.jsonl");
        Files.writeString(file, "something else");
        assertThat(paths(true, "mvn:com.acme:clauses:1.0!data/b.jsonl")).containsExactly(file);
        assertThat(file).hasContent("data/b.jsonl");

        assertThatThrownBy(() -> names(true, "mvn:com.acme:clauses:1.0!c.jsonl"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(PLACE + ": mvn:com.acme:clauses:1.0!c.jsonl: the artifact has no such file.");
        zip(jar, "A.class");
        assertThatThrownBy(() -> names(true, "mvn:com.acme:clauses:1.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(PLACE + ": mvn:com.acme:clauses:1.0: no file in it has rows.");
        Files.writeString(jar, "PK");
        assertThatThrownBy(() -> names(true, "mvn:com.acme:clauses:1.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(PLACE + ": mvn:com.acme:clauses:1.0: not a jar or zip");
    }

    @Test
    void anArtifactMayBeAFileOfRows() throws IOException {
        Path rows = directory.resolve("clauses-1.0-train.parquet");
        write(rows);
        artifacts.put(new Coordinates("com.acme", "clauses", "1.0", "parquet", "train"), rows);
        String declared = "mvn:com.acme:clauses:1.0:parquet:train";

        assertThat(names(false, declared)).containsExactly(declared);
        assertThat(paths(true, declared)).containsExactly(rows);
        assertThatThrownBy(() -> names(true, "mvn:com.acme:clauses:1.0:csv!x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(
                        ": an artifact of type csv is one file of rows. Remove what follows the exclamation mark.");
        assertThatThrownBy(() -> names(true, "mvn:com.acme:clauses:1.0:tar.gz"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(PLACE
                        + ": mvn:com.acme:clauses:1.0:tar.gz: the type tar.gz is not supported. Use csv, csv.gz, jar,")
                .hasMessageEndingWith("txt, txt.gz or zip.");
        assertThatThrownBy(() -> names(false, "mvn:com.acme:none:1.0:csv")).isInstanceOf(NotHereException.class);
    }

    @Test
    void aReleaseNeedsReleasedData() throws IOException {
        Path rows = directory.resolve("clauses.csv");
        write(rows);
        artifacts.put(new Coordinates("com.acme", "clauses", "1.0-SNAPSHOT", "csv", ""), rows);
        String declared = "mvn:com.acme:clauses:1.0-SNAPSHOT:csv";

        assertThat(names(true, declared)).containsExactly(declared);
        release = "2.0";
        assertThatThrownBy(() -> names(true, declared))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(PLACE + ": mvn:com.acme:clauses:1.0-SNAPSHOT: a snapshot can change");
    }

    @Test
    void aModuleThatIsNotPackagedYetHasItsClasses() throws IOException {
        Path classes = directory.resolve("module/target/classes");
        write(classes.resolve("data/a.jsonl"));
        artifacts.put(new Coordinates("com.acme", "clauses", "1.0", "jar", ""), classes);

        assertThat(paths(true, "mvn:com.acme:clauses:1.0!data/a.jsonl"))
                .containsExactly(classes.resolve("data/a.jsonl"));
    }

    private List<String> names(boolean fetch, String declared) throws IOException {
        return locate(fetch, declared).stream().map(FetchedFile::name).toList();
    }

    private List<Path> paths(boolean fetch, String declared) throws IOException {
        return locate(fetch, declared).stream()
                .map(file -> Path.of(file.path()))
                .toList();
    }

    private List<FetchedFile> locate(boolean fetch, String declared) throws IOException {
        HubSettings hub = HubSettings.of(
                Map.of(
                        "HF_ENDPOINT",
                        "http://localhost:1",
                        "HF_HUB_CACHE",
                        directory.resolve("hub").toString()),
                directory,
                true);
        DataSources sources = new DataSources(
                () -> new Hub(hub, new HubListener() {
                    @Override
                    public void arrived(String name, long bytes, long size) {}

                    @Override
                    public void retrying(String message) {}

                    @Override
                    public void unverified(String message) {}
                }),
                new Artifacts() {
                    @Override
                    public Optional<Path> local(String key, Coordinates coordinates) {
                        return Optional.ofNullable(artifacts.get(coordinates));
                    }

                    @Override
                    public Path resolve(String key, Coordinates coordinates) {
                        return Objects.requireNonNull(artifacts.get(coordinates));
                    }
                },
                new DataSources.Settings(
                        fetch, floating, release, directory.resolve("cache"), new HashMap<>(), Path::toString));
        List<FetchedFile> files = sources.locate(PLACE, declared);
        assertThat(files).allSatisfy(file -> assertThat(file.place()).isEqualTo(PLACE));
        return files;
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, file.getFileName().toString());
    }

    private static void zip(Path file, String... names) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }
}
