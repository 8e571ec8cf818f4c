package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hub, the credentials and the cache, from the environment variables of the official client:
 * {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HF_TOKEN_PATH}, {@code HF_HOME}, {@code HF_HUB_CACHE},
 * {@code XDG_CACHE_HOME}, {@code HF_HUB_OFFLINE}.
 *
 * @param endpoint the hub's URL, without a trailing slash
 * @param token the token to send; null for anonymous requests
 * @param cache the directory of all cached repositories
 * @param offline whether the network must not be used
 */
public record HubSettings(URI endpoint, @Nullable Token token, Path cache, boolean offline) {
    private static final String ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    /**
     * A secret. Its value occurs in request headers only.
     *
     * @param value the token itself
     * @param origin its source, for messages
     */
    public record Token(String value, String origin) {
        @Override
        public String toString() {
            return "token of " + origin;
        }
    }

    /**
     * Reads the environment.
     *
     * @param home the user's directory
     * @param offline whether Maven runs offline; the environment cannot override that
     * @throws InvalidInputException if {@code HF_ENDPOINT} is not a URL, or the token file cannot be read
     */
    public static HubSettings of(Map<String, String> environment, Path home, boolean offline) {
        Path caches = path(environment, home, "XDG_CACHE_HOME", home.resolve(".cache"));
        Path hub = path(environment, home, "HF_HOME", caches.resolve("huggingface"));
        String old = environment.getOrDefault("HUGGINGFACE_HUB_CACHE", "");
        Path cache = path(environment, home, "HF_HUB_CACHE", old.isEmpty() ? hub.resolve("hub") : expand(old, home));
        return new HubSettings(
                endpoint(environment.getOrDefault("HF_ENDPOINT", "")),
                token(environment, path(environment, home, "HF_TOKEN_PATH", hub.resolve("token"))),
                cache,
                offline || isTrue(environment, "HF_HUB_OFFLINE") || isTrue(environment, "TRANSFORMERS_OFFLINE"));
    }

    /** Whether a URL is the hub's own, which gets the token. */
    boolean isHub(URL url) {
        return url.getHost().equalsIgnoreCase(endpoint.getHost())
                && url.getProtocol().equalsIgnoreCase(endpoint.getScheme())
                && port(url.getPort(), url.getProtocol()) == port(endpoint.getPort(), endpoint.getScheme());
    }

    private static int port(int port, String scheme) {
        return port >= 0 ? port : "http".equalsIgnoreCase(scheme) ? 80 : 443;
    }

    private static URI endpoint(String declared) {
        String text = declared.isBlank() ? ENDPOINT : declared.strip().replaceFirst("/+$", "");
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("HF_ENDPOINT is not a URL. Use one like " + ENDPOINT + ".", e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new InvalidInputException("HF_ENDPOINT is not a URL. Use one like " + ENDPOINT + ".");
        }
        if (uri.getUserInfo() != null || uri.getQuery() != null) {
            throw new InvalidInputException(
                    "HF_ENDPOINT contains credentials or a query. Set it to the URL alone, and HF_TOKEN to the token.");
        }
        return uri;
    }

    private static @Nullable Token token(Map<String, String> environment, Path file) {
        for (String name : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
            String value = cleaned(environment.getOrDefault(name, ""), name);
            if (!value.isEmpty()) {
                return new Token(value, name);
            }
        }
        if (isTrue(environment, "HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
            return null;
        }
        try {
            String value = cleaned(Files.readString(file), file.toString());
            return value.isEmpty() ? null : new Token(value, file.toString());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot read the token in this file.", e);
        }
    }

    private static String cleaned(String token, String origin) {
        String value = token.replace("\r", "").replace("\n", "").strip();
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidInputException(origin + ": does not contain a valid token.");
        }
        return value;
    }

    private static Path path(Map<String, String> environment, Path home, String name, Path fallback) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? fallback : expand(value, home);
    }

    private static Path expand(String path, Path home) {
        return path.equals("~") || path.startsWith("~/")
                ? home.resolve(path.substring(Math.min(2, path.length())))
                : Path.of(path).toAbsolutePath();
    }

    private static boolean isTrue(Map<String, String> environment, String name) {
        return TRUE.contains(environment.getOrDefault(name, "").toUpperCase(Locale.ROOT));
    }
}
