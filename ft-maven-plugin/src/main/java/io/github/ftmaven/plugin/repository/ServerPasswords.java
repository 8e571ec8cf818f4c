package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.runtime.error.InvalidInputException;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.AuthenticationContext;
import org.eclipse.aether.repository.RemoteRepository;
import org.jspecify.annotations.Nullable;

/** The passwords of servers in Maven's settings, decrypted as Maven does for repositories. */
public final class ServerPasswords {
    private ServerPasswords() {}

    /**
     * The password of a server.
     *
     * @param key the key of the spec that names the server, for messages
     * @throws InvalidInputException if the settings have no such server, or no readable password for it
     */
    public static String of(RepositorySystemSession session, String key, String id) {
        RemoteRepository server = new RemoteRepository.Builder(id, "default", "https://server.invalid").build();
        Authentication authentication = session.getAuthenticationSelector() == null
                ? null
                : session.getAuthenticationSelector().getAuthentication(server);
        String password = authentication == null ? null : password(session, server, authentication);
        if (password == null || password.isBlank()) {
            throw new InvalidInputException(key + ": Maven's settings have no password for a server with the id '" + id
                    + "'. Write <server><id>" + id + "</id><password>KEY</password></server> into the <servers> of"
                    + " ~/.m2/settings.xml.");
        }
        if (password.matches("(?s).*\\{[A-Za-z0-9+/=]{16,}\\}.*")) {
            throw new InvalidInputException(key + ": Maven cannot decrypt the password of the server '" + id
                    + "'. Check ~/.m2/settings-security.xml.");
        }
        return password;
    }

    private static @Nullable String password(
            RepositorySystemSession session, RemoteRepository server, Authentication authentication) {
        RemoteRepository known = new RemoteRepository.Builder(server)
                .setAuthentication(authentication)
                .build();
        AuthenticationContext context = AuthenticationContext.forRepository(session, known);
        try {
            return context == null ? null : context.get(AuthenticationContext.PASSWORD);
        } finally {
            AuthenticationContext.close(context);
        }
    }
}
