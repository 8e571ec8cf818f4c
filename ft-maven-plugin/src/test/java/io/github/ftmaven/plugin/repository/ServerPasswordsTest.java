package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.junit.jupiter.api.Test;

class ServerPasswordsTest {
    private final DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();

    @Test
    void findsThePasswordOfAServer() {
        DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
        selector.add("teacher", new AuthenticationBuilder().addPassword("sk-1").build());
        selector.add(
                "locked",
                new AuthenticationBuilder()
                        .addPassword("{c2VjcmV0c2VjcmV0c2VjcmV0}")
                        .build());
        selector.add("nameless", new AuthenticationBuilder().addUsername("me").build());
        session.setAuthenticationSelector(selector);
        assertThat(ServerPasswords.of(session, "key", "teacher")).isEqualTo("sk-1");
        refused(
                "locked",
                "key: Maven cannot decrypt the password of the server 'locked'. Check"
                        + " ~/.m2/settings-security.xml.");
        for (String id : new String[] {"nameless", "other"}) {
            refused(
                    id,
                    "key: Maven's settings have no password for a server with the id '" + id + "'. Write <server><id>"
                            + id + "</id><password>KEY</password></server> into the <servers> of ~/.m2/settings.xml.");
        }
    }

    private void refused(String id, String message) {
        assertThatThrownBy(() -> ServerPasswords.of(session, "key", id))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
