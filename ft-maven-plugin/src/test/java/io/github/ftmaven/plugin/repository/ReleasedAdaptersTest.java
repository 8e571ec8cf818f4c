package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Wanted;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractThrowableAssert;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.installation.InstallRequest;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look-up by the real resolver of the oldest Maven, in repositories that are files, guarded, down, and lying. */
class ReleasedAdaptersTest {
    @TempDir
    Path directory;

    private final RepositorySystem system = TestResolver.system();
    private final ReleasedAdapters adapters = new ReleasedAdapters(system);
    private final List<String> told = new ArrayList<>();
    private final ReleasedAdapters.Listener listener = new ReleasedAdapters.Listener() {
        @Override
        public void passedOver(String sentence) {
            told.add(sentence);
        }

        @Override
        public void altered(String sentence) {
            told.add(sentence);
        }

        @Override
        public void unavailable(String sentence) {
            told.add(sentence);
        }
    };
    private MavenRepository releases;

    @BeforeEach
    void repository() {
        releases = new MavenRepository(directory.resolve("releases"));
    }

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
                .containsExactly("it:adapter:1.0 in .cache/ft-released is not what was released: it was altered or"
                        + " damaged since, and is fetched again.");
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
        assertThat(adapters.last(List.of(file()), session, wanted("2.0"), listener))
                .map(Released::name)
                .contains("it:adapter:1.0");
    }

    @Test
    void looksWhereTheProjectIsReleasedToo() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository central = new RemoteRepository.Builder("central", "default", uri("central")).build();
        List<RemoteRepository> all = adapters.with(List.of(central), session(), "releases", uri("releases"));
        assertThat(all).extracting(RemoteRepository::getId).containsExactly("central", "releases");
        assertThat(last(wanted("2.0"), all.toArray(RemoteRepository[]::new)))
                .map(Released::name)
                .contains("it:adapter:1.0");
        assertThat(adapters.with(all, session(), "again", uri("releases"))).isEqualTo(all);
        assertThat(adapters.with(List.of(central), session(), "central", uri("releases")))
                .extracting(RemoteRepository::getId)
                .containsExactly("central", "central-releases");
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
                .containsExactly("it:adapter:1.1 was released without an artifact of the classifier lora:"
                        + " an older release is looked for.");
    }

    @Test
    void asksWithTheCredentialsOfTheRepository() throws Exception {
        releases.release("1.0", "", "one");
        try (RepositoryServer server = new RepositoryServer(directory.resolve("releases"))) {
            assertThat(last(wanted("2.0"), http(server, RepositoryServer.PASSWORD)))
                    .map(Released::name)
                    .contains("it:adapter:1.0");
            assertThat(server.asked()).contains("/it/adapter/maven-metadata.xml", "/it/adapter/1.0/adapter-1.0.jar");
            assertFails(http(server, "wrong"), "401");
        }
    }

    @Test
    void anOutageIsNotAFirstRelease() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository repository;
        try (RepositoryServer server = new RepositoryServer(directory.resolve("releases"))) {
            repository = http(server, RepositoryServer.PASSWORD);
            server.down(path -> path.endsWith("maven-metadata.xml"));
            assertFails(repository, "503");
            server.down(path -> path.endsWith(".jar"));
            assertFails(repository, "503").hasMessageStartingWith("The released adapter it:adapter:1.0 cannot be had:");
            server.down(path -> false);
            assertThat(last(wanted("2.0"), repository)).isPresent();
        }
        // Nobody listens any more; what was found a moment ago is no excuse.
        assertFails(repository, "refused")
                .hasMessageStartingWith("Which version of it:adapter was released last cannot be had:")
                .hasMessageEndingWith("""
                        Without it a rule over: released would let any quality pass. Build again when the repository can be \
                        reached; or -Dft.baseline=GROUP:ARTIFACT:VERSION or a file compares with that, -Dft.baseline=none with \
                        nothing, and -Dft.baseline.onUnavailable=warn goes on.""");
    }

    @Test
    void anOutageOfOneRepositoryIsNotMadeGoodByAnother() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository down =
                new RemoteRepository.Builder("down", "default", "http://localhost:" + unusedPort()).build();
        assertThatThrownBy(() -> last(wanted("2.0"), file(), down))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void whoSaysSoGoesOnWithoutWhatCannotBeHad() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository down =
                new RemoteRepository.Builder("down", "default", "http://localhost:" + unusedPort()).build();
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
                .hasMessageStartingWith("Which version of it:adapter was released last cannot be had:");
    }

    @Test
    void underTheDefaultPolicyAWrongChecksumOnlyWarns() throws Exception {
        // What is inside the jar is then checked by its own digests.
        releases.release("1.0", "", "one");
        releases.corrupt("1.0/adapter-1.0.jar");
        assertThat(last(wanted("2.0"), file(RepositoryPolicy.CHECKSUM_POLICY_WARN)))
                .isPresent();
    }

    @Test
    void damagedMetadataIsNotAFirstRelease() throws Exception {
        releases.release("1.0", "", "one");
        Files.writeString(releases.file("maven-metadata.xml"), "<html>Please log in");
        assertFails(file(), "maven-metadata.xml cannot be read");
    }

    @Test
    void offlineKnowsWhatWasFetchedBefore() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository other = new RemoteRepository.Builder("other", "default", uri("other")).build();
        assertThat(last(wanted("2.0"), file(), other)).isPresent();
        releases.release("1.1", "", "more");

        assertThat(adapters.last(List.of(file(), other), offline(), wanted("2.0"), listener))
                .map(Released::name)
                .contains("it:adapter:1.0");
    }

    @Test
    void offlineIsNotAFirstRelease() throws Exception {
        releases.release("1.0", "", "one");
        assertThatThrownBy(() -> adapters.last(List.of(file()), offline(), wanted("2.0"), listener))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("in offline mode");
    }

    private static Wanted wanted(String below) {
        return new Wanted("it", "adapter", "", below, null, false);
    }

    private Optional<Released> last(Wanted wanted, RemoteRepository... remotes) throws UnavailableException {
        return adapters.last(List.of(remotes), session(), wanted, listener);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(RemoteRepository remote, String cause) {
        return assertThatThrownBy(() -> last(wanted("2.0"), remote))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(cause);
    }

    private RemoteRepository file() {
        return file(RepositoryPolicy.CHECKSUM_POLICY_WARN);
    }

    private RemoteRepository file(String checksums) {
        return new RemoteRepository.Builder("releases", "default", uri("releases"))
                .setPolicy(new RepositoryPolicy(true, RepositoryPolicy.UPDATE_POLICY_DAILY, checksums))
                .build();
    }

    private static RemoteRepository http(RepositoryServer server, String password) {
        return new RemoteRepository.Builder("releases", "default", server.url())
                .setAuthentication(new AuthenticationBuilder()
                        .addUsername(RepositoryServer.USER)
                        .addPassword(password)
                        .build())
                .build();
    }

    private String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }

    private void install(String version, String content) throws Exception {
        Path jar = Files.writeString(directory.resolve("installed.jar"), content);
        system.install(
                session(),
                new InstallRequest()
                        .addArtifact(new DefaultArtifact("it", "adapter", "", "jar", version).setFile(jar.toFile())));
    }

    private DefaultRepositorySystemSession session() {
        return TestResolver.session(system, directory.resolve("local"));
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
