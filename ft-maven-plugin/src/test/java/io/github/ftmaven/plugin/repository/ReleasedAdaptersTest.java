package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.DeployTargets.Target;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Wanted;
import io.github.ftmaven.runtime.files.Directories;
import java.io.File;
import java.io.IOException;
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
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.installation.InstallRequest;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The look-up by the real resolver of the oldest Maven, in repositories that are files, guarded, down, and lying. */
class ReleasedAdaptersTest {
    @TempDir
    Path directory;

    private final RepositorySystem system = TestResolver.system();
    private final ReleasedAdapters adapters = new ReleasedAdapters(system);
    private final List<String> told = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final ReleasedAdapters.Listener listener = new ReleasedAdapters.Listener() {
        @Override
        public void asked(String sentence) {
            asked.add(sentence);
        }

        @Override
        public void none(String reason) {
            reasons.add(reason);
        }

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
    void asksWhereTheProjectIsReleasedTo() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository central = remote("central", uri("central"));

        assertThat(released(session(), central)).map(Released::name).contains("it:adapter:1.0");
        assertThat(asked)
                .containsExactly("Looking for the last release of it:adapter in: releases (" + uri("releases")
                        + "), central (" + uri("central") + ").");
    }

    /** The mirror has no releases of the project, as one of a proxy repository. */
    @Test
    void aMirrorOfEverythingDoesNotStandForIt() throws Exception {
        releases.release("1.0", "", "one");
        try (RepositoryServer server = new RepositoryServer(directory.resolve("releases"))) {
            for (String mirrorOf : List.of("*", "releases", "external:*", "external:http:*")) {
                DefaultRepositorySystemSession session = session();
                session.setMirrorSelector(mirror(mirrorOf, false));
                session.setAuthenticationSelector(credentials("releases", RepositoryServer.PASSWORD));
                assertThat(last(
                                session,
                                server.url(),
                                system.newResolutionRepositories(
                                        session,
                                        List.of(remote("central", uri("central")), remote("releases", server.url())))))
                        .as(mirrorOf)
                        .map(Released::repository)
                        .contains("releases");
            }
            assertThat(server.asked()).contains("/it/adapter/maven-metadata.xml", "/it/adapter/1.0/adapter-1.0.jar");
        }
        assertThat(asked.get(0)).contains("nexus (" + uri("nexus") + ", the mirror of central, releases)");
    }

    /** {@code mvn deploy} is not blocked there either. */
    @Test
    void aMirrorThatBlocksHttpDoesNotBlockIt() throws Exception {
        releases.release("1.0", "", "one");
        try (RepositoryServer server = new RepositoryServer(directory.resolve("releases"))) {
            DefaultRepositorySystemSession session = session();
            session.setMirrorSelector(mirror("*", true));
            session.setAuthenticationSelector(credentials("releases", RepositoryServer.PASSWORD));
            List<RemoteRepository> blocked =
                    system.newResolutionRepositories(session, List.of(remote("releases", server.url())));
            assertThat(blocked).allMatch(RemoteRepository::isBlocked);
            assertThat(last(session, server.url(), blocked)).isPresent();

            // Others stay blocked, which is no answer.
            List<RemoteRepository> other =
                    system.newResolutionRepositories(session, List.of(remote("other", "http://repo.acme.com")));
            assertThatThrownBy(() -> last(session, server.url(), other))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(
                            "nexus (" + uri("nexus") + ", the mirror of other) is blocked by the settings");
        }
    }

    @Test
    void isReachedByItsOwnCredentialsAndProxy() {
        DefaultRepositorySystemSession session = session();
        Proxy proxy = new Proxy(Proxy.TYPE_HTTP, "proxy", 3128);
        session.setProxySelector(remote -> remote.getHost().equals("repo.acme.com") ? proxy : null);
        session.setAuthenticationSelector(credentials("releases", "secret"));
        List<Target> targets = List.of(
                new Target("releases", "http://repo.acme.com/r"),
                new Target("releases", "http://repo.acme.com/other"),
                new Target("again", "http://repo.acme.com/r/"));

        ReleaseRepositories where =
                adapters.repositories(List.of(remote("releases", "http://mirror.acme.com")), session, targets);

        assertThat(where.targets())
                .extracting(RemoteRepository::getId)
                .containsExactly("releases-releases", "releases-releases-releases");
        assertThat(where.targets()).allMatch(remote -> proxy.equals(remote.getProxy()));
        assertThat(where.targets()).allMatch(remote -> remote.getAuthentication() != null);
    }

    @Test
    void aRepositoryThatIsReadWithoutReleasesIsAskedWhereItIsReleasedTo() throws Exception {
        releases.release("1.0", "", "one");
        RemoteRepository snapshots = new RemoteRepository.Builder("releases", "default", uri("releases"))
                .setReleasePolicy(new RepositoryPolicy(false, RepositoryPolicy.UPDATE_POLICY_DAILY, "fail"))
                .build();
        assertThat(released(session(), snapshots)).isPresent();

        releases.corrupt("1.0/adapter-1.0.jar");
        Directories.delete(directory.resolve("local"));
        assertThatThrownBy(() -> released(session(), snapshots)).hasMessageContaining("Checksum validation failed");
    }

    @Test
    void whereNobodyCanBeAskedThereIsNoAnswer() {
        RemoteRepository snapshots = new RemoteRepository.Builder("snapshots", "default", uri("releases"))
                .setReleasePolicy(new RepositoryPolicy(false, RepositoryPolicy.UPDATE_POLICY_DAILY, "warn"))
                .build();
        String nobody = "The last release of it:adapter could not be determined: none of the project's repositories"
                + " has releases; declare the one that it is released to under"
                + " distributionManagement";
        assertThatThrownBy(() -> last(wanted("2.0"), snapshots)).hasMessageStartingWith(nobody);
        assertThatThrownBy(() -> last(wanted("2.0"))).hasMessageStartingWith(nobody);
        assertThat(asked.get(0))
                .endsWith(" in: no repository. The project or the settings exclude: snapshots (" + uri("releases")
                        + ").");
    }

    @Test
    void whoDoesNotSayWhereItIsReleasedToReadsThat() throws Exception {
        assertThat(last(wanted("1.0"), file())).isEmpty();
        assertThat(released(session(), remote("central", uri("central")))).isEmpty();
        assertThat(reasons)
                .containsExactly(
                        "no repository has a version of it:adapter below 1.0; but the project declares no repository"
                                + " that it"
                                + " is released to (distributionManagement)",
                        "no repository has a version of it:adapter below 2.0");
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
    void aPasswordInAnAddressIsNotPrinted() {
        assertThat(ReleaseRepositories.shown(remote("releases", "https://ci:secret@repo.acme.com/r")))
                .isEqualTo("releases (https://repo.acme.com/r)");
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

    private static Wanted wanted(String below) {
        return new Wanted("it", "adapter", "", below, null, false);
    }

    private Optional<Released> last(Wanted wanted, RemoteRepository... remotes) throws IOException {
        return last(session(), wanted, remotes);
    }

    /** In repositories that the project only reads from. */
    private Optional<Released> last(RepositorySystemSession session, Wanted wanted, RemoteRepository... remotes)
            throws IOException {
        return adapters.last(adapters.repositories(List.of(remotes), session, List.of()), session, wanted, listener);
    }

    /** Where it is released to {@code releases}. */
    private Optional<Released> released(RepositorySystemSession session, RemoteRepository... remotes)
            throws IOException {
        return last(session, uri("releases"), List.of(remotes));
    }

    private Optional<Released> last(RepositorySystemSession session, String url, List<RemoteRepository> remotes)
            throws IOException {
        return adapters.last(
                adapters.repositories(remotes, session, List.of(new Target("releases", url))),
                session,
                wanted("2.0"),
                listener);
    }

    private DefaultMirrorSelector mirror(String mirrorOf, boolean blocked) {
        return new DefaultMirrorSelector().add("nexus", uri("nexus"), "default", false, blocked, mirrorOf, "*");
    }

    private static DefaultAuthenticationSelector credentials(String id, String password) {
        DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
        selector.add(
                id,
                new AuthenticationBuilder()
                        .addUsername(RepositoryServer.USER)
                        .addPassword(password)
                        .build());
        return selector;
    }

    private static RemoteRepository remote(String id, String url) {
        return new RemoteRepository.Builder(id, "default", url).build();
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
