package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.DeployTargets.Target;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.runtime.files.Directories;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.junit.jupiter.api.Test;

/** Where the last release is looked for: where the project is released to, past mirrors, with whose credentials. */
class ReleaseTargetsTest extends ReleaseLookUp {
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
    void aPasswordInAnAddressIsNotPrinted() {
        assertThat(ReleaseRepositories.shown(remote("releases", "https://ci:secret@repo.acme.com/r")))
                .isEqualTo("releases (https://repo.acme.com/r)");
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

    /** Where it is released to {@code releases}. */
    private Optional<Released> released(RepositorySystemSession session, RemoteRepository... remotes)
            throws IOException {
        return last(session, uri("releases"), List.of(remotes));
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
}
