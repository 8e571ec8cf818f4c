package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.http.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a file whole or not at all. The key goes to the service alone: services send the client to a store, whose
 * URL is signed. Uses {@link HttpURLConnection}, which gives up on a body that stalls.
 */
final class Download {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(60).toMillis();
    private static final int REDIRECTS = 5;
    private static final int SHOWN = 4_000;
    private static final Set<Integer> BUSY = Set.of(408, 409, 429);
    private static final Pattern SHA_256 = Pattern.compile("sha-256=:?([A-Za-z0-9+/]{43}=):?");

    private final ServiceCalls calls;
    private final ApiKey key;
    private final Pace pace;

    Download(ServiceCalls calls, ApiKey key, Pace pace) {
        this.calls = calls;
        this.key = key;
        this.pace = pace;
    }

    private static final class AgainException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Duration pause;

        AgainException(String message, @Nullable Duration pause) {
            super(message);
            this.pause = pause;
        }
    }

    void run(URI address, Path file, long longest) throws HostedException {
        for (int attempt = 1; ; attempt++) {
            try {
                once(address, file, longest);
                return;
            } catch (HostedException e) {
                throw e;
            } catch (IOException e) {
                if (FileProblem.isOfThisMachine(e)) {
                    throw new HostedException("The adapter cannot be stored: " + FileProblem.of(e) + ".");
                }
                if (attempt == pace.patience().attempts()) {
                    throw new HostedException("The adapter cannot be downloaded from " + calls.name() + ": "
                            + calls.shown(String.valueOf(e.getMessage())) + " (tried " + attempt
                            + " times). The job is done, so the next build tries again and pays nothing.");
                }
                pause(e instanceof AgainException again ? again.pause : null, attempt);
            }
        }
    }

    private void pause(@Nullable Duration asked, int attempt) throws HostedException {
        Duration own = pace.patience().pause().multipliedBy(1L << (attempt - 1));
        Duration longest = pace.patience().longestPause();
        Duration pause = asked == null ? own : asked.compareTo(longest) > 0 ? longest : asked;
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostedException("Interrupted while downloading the adapter. The next build downloads it.");
        }
    }

    private void once(URI address, Path file, long longest) throws IOException {
        HttpURLConnection connection = request(address);
        try {
            int status = connection.getResponseCode();
            if (status / 100 == 5 || BUSY.contains(status)) {
                throw new AgainException("status " + status, RetryAfter.of(connection.getHeaderField("Retry-After")));
            }
            if (status != HttpURLConnection.HTTP_OK) {
                throw new HostedException(calls.refusal(status, error(connection), "", address.getPath()));
            }
            if (String.valueOf(connection.getContentType()).startsWith("text/html")) {
                try (InputStream in = connection.getInputStream()) {
                    throw new HostedException(calls.notJson(new String(in.readNBytes(SHOWN), StandardCharsets.UTF_8)));
                }
            }
            store(connection, file, longest);
        } finally {
            connection.disconnect();
        }
    }

    private void store(HttpURLConnection connection, Path file, long longest) throws IOException {
        long announced = connection.getContentLengthLong();
        MessageDigest digest = Digests.of("SHA-256");
        long stored = 0;
        try (InputStream in = connection.getInputStream();
                OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                stored += read;
                if (stored > longest) {
                    throw new HostedException(calls.name() + " sends more than the " + longest
                            + " bytes that such an adapter can have. Nothing was kept.");
                }
                out.write(buffer, 0, read);
            }
        }
        if (announced >= 0 && stored != announced) {
            throw new IOException("the connection was cut after " + stored + " of " + announced + " bytes");
        }
        String header = connection.getHeaderField("Content-Digest");
        Matcher told = SHA_256.matcher(header == null ? "" : header);
        if (told.find() && !Base64.getEncoder().encodeToString(digest.digest()).equals(told.group(1))) {
            throw new IOException("the content has another SHA-256 than its header Content-Digest says");
        }
    }

    private static String error(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getErrorStream()) {
            return in == null ? "" : new String(in.readNBytes(SHOWN), StandardCharsets.UTF_8);
        }
    }

    private HttpURLConnection request(URI address) throws IOException {
        URI uri = address;
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/octet-stream, */*");
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (key.isPresent() && isSame(uri, address)) {
                connection.setRequestProperty("Authorization", "Bearer " + key.secret());
            }
            String location = connection.getHeaderField("Location");
            if (connection.getResponseCode() / 100 != 3 || location == null) {
                return connection;
            }
            connection.disconnect();
            uri = target(uri, location);
        }
        throw new HostedException(calls.name() + " redirected the download more than " + REDIRECTS + " times.");
    }

    /** Without the URL, which may be signed. */
    private URI target(URI from, String location) throws HostedException {
        try {
            URI next = from.resolve(location);
            String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
            if (next.getHost() != null && (scheme.equals("https") || scheme.equals(from.getScheme()))) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            // The message below.
        }
        throw new HostedException(calls.name() + " redirected the download to a URL that is not allowed ("
                + HttpRequests.server(from) + " sent it on without https).");
    }

    private static boolean isSame(URI uri, URI service) {
        return service.getHost().equalsIgnoreCase(uri.getHost())
                && service.getScheme().equalsIgnoreCase(uri.getScheme())
                && service.getPort() == uri.getPort();
    }
}
