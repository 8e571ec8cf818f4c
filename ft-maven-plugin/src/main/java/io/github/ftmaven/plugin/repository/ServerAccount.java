package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.ApiKey;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.aether.RepositorySystemSession;
import org.jspecify.annotations.Nullable;

/**
 * A server of the spec that wants a key, which the spec only says where to find.
 *
 * @param section the section of the spec, for messages
 * @param url null for a server that the section does not name
 * @param server the id of a server in Maven's settings; null if the key is not there
 * @param variable an environment variable; null if the key is not there
 */
public record ServerAccount(
        String section,
        @Nullable String url,
        @Nullable String server,
        @Nullable String variable) {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * The key; {@link ApiKey#NONE} if the spec names none.
     *
     * @throws InvalidInputException if it is not where the spec says
     */
    public ApiKey key(RepositorySystemSession session) {
        if (server != null) {
            return new ApiKey(
                    ServerPasswords.of(session, section + ".server", server),
                    "the server " + server + " in Maven's settings");
        }
        if (variable == null) {
            return ApiKey.NONE;
        }
        String key = System.getenv(variable);
        if (key == null || key.isBlank()) {
            throw new InvalidInputException(
                    section + ".apiKeyEnvironment: the environment variable " + variable + " is not set.");
        }
        return new ApiKey(key, "the environment variable " + variable);
    }

    /**
     * A warning about a key on a network without encryption; empty if there is no reason for one.
     *
     * @param content what else is sent there
     */
    public Optional<String> plainHttp(String content) {
        if (url == null || (server == null && variable == null)) {
            return Optional.empty();
        }
        URI uri = URI.create(url);
        return "http".equals(uri.getScheme()) && !LOCAL.contains(uri.getHost())
                ? Optional.of(section + ".url is http, so the API key and the " + content + " reach " + uri.getHost()
                        + " without encryption.")
                : Optional.empty();
    }
}
