package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Wanted;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repositories that are down or lie, and builds that are offline: none of them says that there is no release. */
class ReleaseOutageTest extends ReleaseLookUp {
    @Test
    void anOutageIsNotAFirstRelease() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository repository;
        try (RepositoryServer server = new RepositoryServer(directory.resolve("releases"))) {
            repository = http(server, RepositoryServer.PASSWORD);
            server.down(path -> path.endsWith("maven-metadata.xml"));
            assertFails(repository, "503");
            server.down(path -> path.endsWith(".jar"));
            assertFails(repository, "503")
                    .hasMessageStartingWith("The released adapter it:adapter:1.0 could not be" + " downloaded:");
            server.down(path -> false);
            assertThat(last(wanted("2.0"), repository)).isPresent();
        }
        // Nobody listens any more; what was found a moment ago is no excuse.
        assertFails(repository, "refused")
                .hasMessageStartingWith("The last release of it:adapter could not be determined:")
                .hasMessageEndingWith("""
                        Without it a rule over: released would let any quality pass. Build again when the repository can be \
                        reached. Or set -Dft.baseline=GROUP:ARTIFACT:VERSION or a file to compare with that adapter, \
                        -Dft.baseline=none to compare with nothing, or -Dft.baseline.onUnavailable=warn to continue.""");
    }

    @Test
    void anOutageOfOneRepositoryIsNotMadeGoodByAnother() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository down = remote("down", "http://localhost:" + unusedPort());
        assertThatThrownBy(() -> last(wanted("2.0"), file(), down))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void whoSaysSoGoesOnWithoutWhatCannotBeHad() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository down = remote("down", "http://localhost:" + unusedPort());
        Wanted wanted = new Wanted("it", "adapter", "", "2.0", null, true);
        assertThat(last(wanted, down)).isEmpty();
        assertThat(told).singleElement().asString().contains("refused");
        assertThat(last(wanted, file(), down)).map(Released::name).contains("it:adapter:1.0");
    }

    @Test
    void aWrongChecksumIsAnErrorWhereThePolicySaysSo() throws Exception {
        releases.release("1.0", "", "one");
        releases.corrupt("1.0/adapter-1.0.jar");
        assertFails(file(RepositoryPolicy.CHECKSUM_POLICY_FAIL), "Checksum validation failed");

        releases.release("1.0", "", "one");
        releases.corrupt("maven-metadata.xml");
        assertFails(file(RepositoryPolicy.CHECKSUM_POLICY_FAIL), "Checksum validation failed")
                .hasMessageStartingWith("The last release of it:adapter could not be determined:");
    }

    @Test
    void underTheDefaultPolicyAWrongChecksumOnlyWarns() throws Exception {
        // What is inside the jar is then checked by its own digests.
        releases.release("1.0", "", "one");
        releases.corrupt("1.0/adapter-1.0.jar");
        assertThat(last(wanted("2.0"), file(RepositoryPolicy.CHECKSUM_POLICY_WARN)))
                .isPresent();
    }

    /** The resolver finds an empty list in any well-formed XML. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>Please log in | it is not XML: ",
                "'' | it is not XML: ",
                "<html><body>Please log in</body></html> | it is not Maven metadata but begins with <html>, like a"
                        + " login page",
                "<metadata/> | it lists no version",
                "<metadata><versioning><latest>1.0</latest><versions/></versioning></metadata> | it lists no version",
                "<metadata><groupId>other</groupId></metadata> | it is about the groupId other",
                "<metadata><artifactId>adapter2</artifactId></metadata> | it is about the artifactId adapter2",
            })
    void whatIsNoMetadataIsNotAFirstRelease(String sent, String reason) throws Exception {
        releases.release("1.0", "", "one");
        assertThat(last(wanted("2.0"), file())).isPresent();
        releases.write("maven-metadata.xml", sent);
        assertFails(
                file(),
                "The last release of it:adapter could not be determined: maven-metadata.xml from releases ("
                        + uri("releases") + ") cannot be read: " + reason);
        // Nor is it for a build that is offline since.
        assertThatThrownBy(() -> last(offline(), wanted("2.0"), file())).isInstanceOf(UnavailableException.class);
    }

    @Test
    void offlineKnowsWhatWasFetchedBefore() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository other = remote("other", uri("other"));
        assertThat(last(wanted("2.0"), file(), other)).isPresent();
        releases.release("1.1", "", "more");

        assertThat(last(offline(), wanted("2.0"), file(), other))
                .map(Released::name)
                .contains("it:adapter:1.0");
    }

    @Test
    void offlineIsNotAFirstRelease() throws Exception {
        releases.release("1.0", "", "one");
        assertThatThrownBy(() -> last(offline(), wanted("2.0"), file()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("in offline mode");
    }

    @Test
    void offlineARepositoryThatWasNeverAskedHasNotSaidNo() throws Exception {
        releases.release("1.0", "", "one");
        new MavenRepository(directory.resolve("old")).release("0.9", "", "old");
        RemoteRepository old = remote("old", uri("old"));
        assertThat(last(wanted("2.0"), old)).isPresent();
        assertThatThrownBy(() -> last(offline(), wanted("2.0"), old, file()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("releases (" + uri("releases") + ") in offline mode");
        // Nor has another one of the same id.
        assertThatThrownBy(() -> last(offline(), wanted("2.0"), remote("old", uri("releases"))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("old (" + uri("releases")
                        + ") was never asked from this machine, and the build is in offline mode");
    }

    @Test
    void offlineWhatWasListedIsNotForgotten() throws Exception {
        releases.release("1.0", "", "one");
        assertThat(last(wanted("2.0"), file())).isPresent();
        Path kept = directory.resolve("local/.cache/ft-released/it/adapter");
        Files.delete(kept.resolve("maven-metadata-releases.xml"));
        assertThatThrownBy(() -> last(offline(), wanted("2.0"), file())).hasMessageContaining("in offline mode");
        Files.writeString(kept.resolve("ft-answers.json"), "{");
        assertThatThrownBy(() -> last(offline(), wanted("2.0"), file())).hasMessageContaining("in offline mode");
        // One that can be asked mends both.
        assertThat(last(wanted("2.0"), file())).isPresent();
        assertThat(last(offline(), wanted("2.0"), file())).isPresent();
    }

    private DefaultRepositorySystemSession offline() {
        DefaultRepositorySystemSession session = session();
        session.setOffline(true);
        return session;
    }

    private static int unusedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
