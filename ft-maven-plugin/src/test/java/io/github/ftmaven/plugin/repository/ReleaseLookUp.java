package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.DeployTargets.Target;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.installation.InstallRequest;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The look-up by the real resolver of the oldest Maven, in repositories that are files and servers. */
abstract class ReleaseLookUp {
    @TempDir
    Path directory;

    final RepositorySystem system = TestResolver.system();
    final ReleasedAdapters adapters = new ReleasedAdapters(system);
    final List<String> told = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final ReleasedAdapters.Listener listener = new ReleasedAdapters.Listener() {
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
    MavenRepository releases;

    @BeforeEach
    void repository() {
        releases = new MavenRepository(directory.resolve("releases"));
    }

    static Wanted wanted(String below) {
        return new Wanted("it", "adapter", "", below, null, false);
    }

    Optional<Released> last(Wanted wanted, RemoteRepository... remotes) throws IOException {
        return last(session(), wanted, remotes);
    }

    /** In repositories that the project only reads from. */
    Optional<Released> last(RepositorySystemSession session, Wanted wanted, RemoteRepository... remotes)
            throws IOException {
        return adapters.last(adapters.repositories(List.of(remotes), session, List.of()), session, wanted, listener);
    }

    Optional<Released> last(RepositorySystemSession session, String url, List<RemoteRepository> remotes)
            throws IOException {
        return adapters.last(
                adapters.repositories(remotes, session, List.of(new Target("releases", url))),
                session,
                wanted("2.0"),
                listener);
    }

    static RemoteRepository remote(String id, String url) {
        return new RemoteRepository.Builder(id, "default", url).build();
    }

    AbstractThrowableAssert<?, ? extends Throwable> assertFails(RemoteRepository remote, String cause) {
        return assertThatThrownBy(() -> last(wanted("2.0"), remote))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(cause);
    }

    RemoteRepository file() {
        return file(RepositoryPolicy.CHECKSUM_POLICY_WARN);
    }

    RemoteRepository file(String checksums) {
        return new RemoteRepository.Builder("releases", "default", uri("releases"))
                .setPolicy(new RepositoryPolicy(true, RepositoryPolicy.UPDATE_POLICY_DAILY, checksums))
                .build();
    }

    static RemoteRepository http(RepositoryServer server, String password) {
        return new RemoteRepository.Builder("releases", "default", server.url())
                .setAuthentication(new AuthenticationBuilder()
                        .addUsername(RepositoryServer.USER)
                        .addPassword(password)
                        .build())
                .build();
    }

    String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }

    void install(String version, String content) throws Exception {
        Path jar = Files.writeString(directory.resolve("installed.jar"), content);
        system.install(
                session(),
                new InstallRequest()
                        .addArtifact(new DefaultArtifact("it", "adapter", "", "jar", version).setFile(jar.toFile())));
    }

    DefaultRepositorySystemSession session() {
        return TestResolver.session(system, directory.resolve("local"));
    }
}
