package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.SharedResults.Name;
import io.github.ftmaven.plugin.repository.SharedResults.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedResultsTest {
    private static final Name NAME = new Name("it", "adapter-ft-cache", "0123456789abcdef");

    @TempDir
    Path directory;

    private final RepositorySystem system = TestResolver.system();
    private final SharedResults shared = new SharedResults(system);
    private RepositoryServer server;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        server = new RepositoryServer(directory.resolve("results"));
        file = Files.writeString(directory.resolve("result.zip"), "weights");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatOneMachineUploadsAnotherDownloads() throws Exception {
        assertThat(fetch("before")).isEmpty();
        publish();

        assertThat(fetch("after").orElseThrow()).hasContent("weights");
        assertThat(fetch(new Name("it", "adapter-ft-cache", "f"), "other")).isEmpty();
    }

    @Test
    void downloadsIntoTheDirectoryItIsGivenAndNotTheUsersRepository() throws Exception {
        publish();

        assertThat(fetch("download").orElseThrow()).startsWith(directory.resolve("download"));
        assertThat(directory.resolve("local/it")).doesNotExist();
    }

    @Test
    void whatIsThereIsNeverReplaced() throws Exception {
        publish();
        Files.writeString(file, "other weights");

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> publish())
                .withMessageContaining("409");
        assertThat(fetch("download").orElseThrow()).hasContent("weights");
    }

    @Test
    void aRepositoryThatCannotBeAskedIsNotOneThatHasNothing() throws Exception {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> shared.fetch(place(), session("wrong"), NAME, directory.resolve("a")))
                .withMessageContaining("401");

        server.down(path -> true);
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> fetch("b"))
                .withMessageContaining("503");
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> publish())
                .withMessageContaining("503");
    }

    @Test
    void aMirrorOfEverythingStandsForItNeitherInWritingNorInReading() throws Exception {
        DefaultRepositorySystemSession session = session(RepositoryServer.PASSWORD);
        session.setMirrorSelector(new DefaultMirrorSelector()
                .add("nexus", directory.resolve("nexus").toUri().toString(), "default", false, false, "*", "*"));
        shared.publish(place(), session, NAME, file, directory.resolve("upload"));
        assertThat(shared.fetch(place(), session, NAME, directory.resolve("download"))
                        .orElseThrow())
                .hasContent("weights");
        assertThat(server.asked()).anyMatch(path -> path.endsWith(".zip"));
    }

    @Test
    void aWrongChecksumIsAnError() throws Exception {
        publish();
        Files.writeString(
                directory.resolve("results/it/adapter-ft-cache/0123456789abcdef/adapter-ft-cache-0123456789abcdef.zip"),
                "others");

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> fetch("download"))
                .withMessageContaining("Checksum validation failed");
    }

    private Place place() {
        return new Place("cache", server.url());
    }

    private void publish() throws UnavailableException {
        shared.publish(place(), session(RepositoryServer.PASSWORD), NAME, file, directory.resolve("upload"));
    }

    private Optional<Path> fetch(String to) throws UnavailableException {
        return fetch(NAME, to);
    }

    private Optional<Path> fetch(Name name, String to) throws UnavailableException {
        return shared.fetch(place(), session(RepositoryServer.PASSWORD), name, directory.resolve(to));
    }

    private DefaultRepositorySystemSession session(String password) {
        DefaultRepositorySystemSession session = TestResolver.session(system, directory.resolve("local"));
        DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
        selector.add(
                "cache",
                new AuthenticationBuilder()
                        .addUsername(RepositoryServer.USER)
                        .addPassword(password)
                        .build());
        session.setAuthenticationSelector(selector);
        return session;
    }
}
