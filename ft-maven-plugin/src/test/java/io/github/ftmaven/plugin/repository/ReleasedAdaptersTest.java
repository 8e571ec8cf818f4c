package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Wanted;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which version of the adapter is the last release. */
class ReleasedAdaptersTest extends ReleaseLookUp {
    @Test
    void findsTheNewestReleaseBelowTheVersionBeingBuilt() throws Exception {
        releases.release("1.9", "", "nine")
                .release("1.10", "", "ten")
                .release("2.0", "", "current")
                .release("2.1", "", "later");

        Released found = last(wanted("2.0"), file()).orElseThrow();

        assertThat(found.name()).isEqualTo("it:adapter:1.10");
        assertThat(found.repository()).isEqualTo("releases");
        assertThat(found.file()).hasContent("ten");
        assertThat(told).isEmpty();
    }

    @Test
    void aFirstReleaseHasNone() throws Exception {
        assertThat(last(wanted("1.0"), file())).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void seesWhatWasReleasedSinceItLastLooked() throws Exception {
        releases.release("1.0", "", "one");
        assertThat(last(wanted("2.0"), file())).map(Released::name).contains("it:adapter:1.0");
        releases.release("1.1", "", "more");
        assertThat(last(wanted("2.0"), file())).map(Released::name).contains("it:adapter:1.1");
    }

    /** The checksum that is kept beside a jar can be of the one before it. */
    @Test
    void whatWasFetchedBeforeIsComparedWithWhatTheRepositorySaysNow() throws Exception {
        releases.release("1.0", "", "released");
        Path kept = last(wanted("2.0"), file()).orElseThrow().file();
        Files.writeString(kept, "another one");

        assertThat(last(wanted("2.0"), file()).orElseThrow().file()).hasContent("released");
        assertThat(told)
                .containsExactly("it:adapter:1.0 in .cache/ft-released differs from the release, because it was"
                        + " altered or damaged. It is downloaded again.");
        assertThat(last(wanted("2.0"), file()).orElseThrow().file()).hasContent("released");
        assertThat(told).hasSize(1);
    }

    @Test
    void whereARepositoryGivesNoChecksumItIsFetchedAgain() throws Exception {
        releases.release("1.0", "", "released");
        Path kept = last(wanted("2.0"), file()).orElseThrow().file();
        Files.delete(releases.file("1.0/adapter-1.0.jar.sha1"));
        Files.writeString(kept, "another one");

        assertThat(last(wanted("2.0"), file()).orElseThrow().file()).hasContent("released");
    }

    @Test
    void neitherLocalInstallsNorSnapshotsAreReleases() throws Exception {
        install("1.5", "only installed");
        releases.list("1.4-SNAPSHOT");
        assertThat(last(wanted("2.0"), file())).isEmpty();

        // Deployed from this machine, as mvn deploy does, and then installed again.
        releases.release("1.3", "", "released");
        install("1.3", "installed since");
        assertThat(last(wanted("2.0"), file()).orElseThrow().file()).hasContent("released");
    }

    @Test
    void aModuleOfTheBuildIsNoRelease() throws Exception {
        releases.release("1.0", "", "one");
        DefaultRepositorySystemSession session = session();
        session.setWorkspaceReader(new WorkspaceReader() {
            @Override
            public WorkspaceRepository getRepository() {
                return new WorkspaceRepository("reactor");
            }

            @Override
            public @Nullable File findArtifact(Artifact artifact) {
                return null;
            }

            @Override
            public List<String> findVersions(Artifact artifact) {
                return List.of("1.0", "1.9");
            }
        });
        assertThat(last(session, wanted("2.0"), file())).map(Released::name).contains("it:adapter:1.0");
    }

    @Test
    void saysWhatThereIsInstead() throws Exception {
        releases.release("1.0", "", "one").release("1.1", "", "two");
        assertThat(last(wanted("0.9"), file())).isEmpty();
        assertThat(last(new Wanted("it", "adapter", "", "2.0", Pattern.compile("r.*"), false), file()))
                .isEmpty();
        assertThat(last(new Wanted("it", "adapter", "lora", "2.0", null, false), file()))
                .isEmpty();
        assertThat(reasons.get(0))
                .startsWith("no repository has a version of it:adapter below 0.9, only others (1.0, 1.1)");
        assertThat(reasons.subList(1, 3))
                .containsExactly(
                        "no version of it:adapter below 2.0 (1.1, 1.0) matches r.*",
                        "no version of it:adapter below 2.0 (1.1, 1.0) has an artifact with the classifier lora");
    }

    @Test
    void whatWasRelocatedIsNoFirstRelease() throws Exception {
        releases.release("1.0", "", "one").list("1.1");
        releases.write("1.1/adapter-1.1.pom", """
                <project><distributionManagement><relocation><groupId>com.acme</groupId></relocation>
                </distributionManagement></project>""");
        assertFails(
                file(),
                "The released adapter it:adapter:1.1 could not be downloaded: it was relocated to"
                        + " com.acme:adapter:1.1.");
    }

    @Test
    void isAskedAgainInTheSameBuild() throws Exception {
        DefaultRepositorySystemSession session = session();
        assertThat(last(session, wanted("2.0"), file())).isEmpty();
        releases.release("1.0", "", "one");
        assertThat(last(session, wanted("2.0"), file())).isPresent();
    }

    @Test
    void countsOnlyVersionsOfThePattern() throws Exception {
        releases.release("1.0", "", "one").release("1.1-rc1", "", "candidate");
        Wanted wanted = new Wanted("it", "adapter", "", "2.0", Pattern.compile("[0-9.]+"), false);
        assertThat(last(wanted, file())).map(Released::name).contains("it:adapter:1.0");
    }

    @Test
    void walksToAnOlderReleaseWhereTheNewerHasNoSuchArtifact() throws Exception {
        releases.release("1.0", "lora", "one").release("1.1", "", "a plain jar");
        Wanted wanted = new Wanted("it", "adapter", "lora", "2.0", null, false);
        assertThat(last(wanted, file())).map(Released::name).contains("it:adapter:1.0");
        assertThat(told)
                .containsExactly("it:adapter:1.1 was released without an artifact with the classifier lora: looking"
                        + " for an older release.");
    }
}
