package io.github.ftmaven.runtime.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.FakeHub.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDatasetTest {
    private static final HubDataset DATASET = new HubDataset(FakeHub.ID, FakeHub.COMMIT);
    private static final HubDataset MAIN = new HubDataset(FakeHub.ID, "main");
    private static final HubFiles ROWS = new HubFiles(List.of("data/a b.jsonl"), List.of(), List.of());

    private FakeHub hub;

    @TempDir
    private Path cache;

    @BeforeEach
    void serve() throws IOException {
        hub = new FakeHub().file("data/a b.jsonl", "{}".getBytes(UTF_8)).file("README.md", "#".getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void laysFilesOutAsTheOfficialClientDoes() throws IOException {
        HubSnapshot snapshot = hub(false).fetch(DATASET, ROWS);

        assertThat(snapshot.directory()).isEqualTo(cache.resolve("datasets--acme--tiny/snapshots/" + FakeHub.COMMIT));
        assertThat(snapshot.directory().resolve("data/a b.jsonl"))
                .hasContent("{}")
                .isSymbolicLink();
        assertThat(hub.requests)
                .startsWith("hub HEAD /datasets/acme/tiny/resolve/" + FakeHub.COMMIT + "/data/a b.jsonl");
        assertThat(hub(true).cached(DATASET, ROWS)).contains(snapshot);
    }

    @Test
    void listsTheFilesOfACommit() throws IOException {
        hub.file("../evil", new byte[1]);
        HubListing listing = new HubListing(FakeHub.COMMIT, List.of("README.md", "data/a b.jsonl"));

        assertThat(hub(false).list(DATASET)).isEqualTo(listing);
        assertThat(hub.requests).containsExactly("hub GET /api/datasets/acme/tiny/revision/" + FakeHub.COMMIT);
        assertThat(hub(false).commit(MAIN)).isEmpty();
        assertThat(hub(false).list(MAIN)).isEqualTo(listing);
        assertThat(hub(true).commit(MAIN)).contains(FakeHub.COMMIT);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> hub(false).fetch(DATASET, new HubFiles(List.of("b"), List.of(), List.of())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("hf:datasets/acme/tiny@" + FakeHub.COMMIT + ": the dataset has no b.");
        assertThatThrownBy(() -> hub(true).fetch(DATASET, ROWS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(": the dataset is not in " + cache
                        + " (missing: data/a b.jsonl), and the build is" + " offline. Build once online.");
        assertThatThrownBy(() -> hub(true).list(DATASET))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(": the list of its files is not on this machine, and the build is offline. Build"
                        + " once online, or name the files without a glob.");
        assertThatThrownBy(() -> hub(false).list(new HubDataset(FakeHub.ID, "gone")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(" has the dataset, but not the revision gone. Use one of its commits.");
        hub.fault("data/a b.jsonl", new Fault.Status(403, Map.of("X-Error-Code", "GatedRepo")));
        assertThatThrownBy(() -> hub(false).fetch(DATASET, ROWS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        ": access is restricted (status 403, requested without a token). Accept its terms at "
                                + hub.endpoint() + "/datasets/acme/tiny, and use a token");
    }

    @Test
    void readsDeclarations() {
        HubDataFiles files =
                HubDataFiles.parse("hf:datasets/acme/tiny@" + FakeHub.COMMIT + ":data/train-*.parquet", false);
        assertThat(files).isEqualTo(new HubDataFiles(DATASET, "data/train-*.parquet"));
        assertThat(files.isGlob()).isTrue();
        assertThat(HubDataFiles.parse("hf:datasets/acme/tiny:a b.jsonl", true))
                .isEqualTo(new HubDataFiles(MAIN, "a b.jsonl"));
        assertThatThrownBy(() -> HubDataFiles.parse("hf:datasets/acme/tiny@v1:a.jsonl", false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "hf:datasets/acme/tiny@v1:a.jsonl: the revision v1 can move, so the same spec could train on"
                                + " another dataset tomorrow. Write the commit (40 hexadecimal digits, shown on the dataset's page"
                                + " under Files), or allow it: -Dft.allowFloatingRevision.");
        for (String wrong : List.of(
                "hf:acme/tiny@main:a.jsonl",
                "hf:datasets/acme@main:a.jsonl",
                "hf:datasets/acme/tiny@main",
                "hf:datasets/acme/tiny@main:",
                "hf:datasets/acme/tiny@main:/a.jsonl",
                "hf:datasets/acme/tiny@main:a/",
                "hf:datasets/acme/tiny@main:../a.jsonl",
                "hf:datasets/acme/tiny@main:a\\b.jsonl")) {
            assertThatThrownBy(() -> HubDataFiles.parse(wrong, true))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(
                            wrong + ": not a file of a dataset on a hub. Write hf:datasets/ORGANIZATION/"
                                    + "NAME@REVISION:FILE, with a commit as the revision");
        }
    }

    private Hub hub(boolean offline) {
        return new Hub(new HubSettings(hub.endpoint(), null, cache, offline), new SilentListener());
    }
}
