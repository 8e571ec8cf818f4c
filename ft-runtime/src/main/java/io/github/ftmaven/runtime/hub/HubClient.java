package io.github.ftmaven.runtime.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.hub.HubSettings.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Sends the requests of the hub's protocol: for a file's identity, and for its content. A stalled connection times
 * out; only {@link HttpURLConnection} supports that for response bodies too. Messages name the hub and the file, never
 * a URL with a query: content stores sign theirs.
 */
final class HubClient {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(30).toMillis();
    private static final int REDIRECTS = 10;
    private static final int LONGEST_LIST = 64 << 20;
    private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

    private final HubSettings settings;
    private final HubListener listener;
    private final Retries retries;
    private final Map<HubRepository, HubListing> listings = new ConcurrentHashMap<>();

    HubClient(HubSettings settings, HubListener listener, Retries retries) {
        this.settings = settings;
        this.listener = listener;
        this.retries = retries;
    }

    /**
     * Identifies a file's content.
     *
     * @return empty if the revision has no such file
     * @throws InvalidInputException if the repository or revision does not exist, or access to it is denied
     * @throws HubException if the hub cannot be reached or does not speak the protocol
     */
    Optional<HubBlob> describe(HubRepository model, String revision, String file) throws IOException {
        return retries.run(what(file), () -> 0, () -> {
            HttpURLConnection connection = request("HEAD", address(model, revision, file), file, 0, false);
            try {
                HubAnswer answer = answer(connection, model, file);
                if (answer.isSuccess()) {
                    return Optional.of(answer.blob(revision));
                }
                if (answer.isUnclear()) {
                    rejectIfListed(model, file);
                } else if (!answer.isFileMissing()) {
                    throw answer.refusal();
                }
                return Optional.empty();
            } finally {
                connection.disconnect();
            }
        });
    }

    /**
     * Lists the files of a repository.
     *
     * @throws InvalidInputException if the repository or revision does not exist, or access to it is denied
     * @throws HubException if the hub cannot be reached or does not speak the protocol
     */
    HubListing list(HubRepository model) throws IOException {
        String what = "the list of files of " + model;
        return retries.run(what(what), () -> 0, () -> {
            URI address = URI.create(settings.endpoint() + "/api/" + model.noun() + "s/" + model.id() + "/revision/"
                    + encoded(model.revision()));
            HttpURLConnection connection = request("GET", address, what, 0, false);
            try {
                HubAnswer answer = answer(connection, model, what);
                if (!answer.isSuccess() || connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    throw answer.refusal();
                }
                try (InputStream in = connection.getInputStream()) {
                    return listing(in.readNBytes(LONGEST_LIST + 1), what);
                }
            } finally {
                connection.disconnect();
            }
        });
    }

    /**
     * Asks for the list of files, because a server answered 404 without a reason, as proxies do. A file that the proxy
     * cannot get must not pass for one that the repository lacks.
     */
    private void rejectIfListed(HubRepository model, String file) throws IOException {
        HubListing listing = listings.get(model);
        if (listing == null) {
            listing = list(model);
            listings.put(model, listing);
        }
        if (listing.files().contains(file)) {
            throw new HubException(what(file) + " answered with status 404, but " + model
                    + " has this file, so the mirror fails to get it. Its log may say why.");
        }
    }

    private HubListing listing(byte[] answer, String what) throws HubException {
        if (answer.length > LONGEST_LIST) {
            throw new HubException(what(what) + " is longer than " + (LONGEST_LIST >> 20) + " MiB.");
        }
        try {
            JsonNode json = Json.lenient().readTree(answer);
            String commit = json.path("sha").asText();
            List<String> files = new ArrayList<>();
            json.path("siblings")
                    .forEach(file -> files.add(file.path("rfilename").asText()));
            if (HubModel.isCommit(commit) && json.path("siblings").isArray()) {
                return new HubListing(
                        commit, files.stream().filter(HubDataFiles::isPath).toList());
            }
        } catch (IOException e) {
            // It is not what a hub answers.
        }
        throw new HubException(what(what) + " did not answer as a hub does: the commit or the files are missing.");
    }

    /**
     * Downloads a content, resuming a partial download.
     *
     * @param part the partial file; complete when this method returns, but not verified
     * @throws HubException if the hub cannot be reached or does not speak the protocol
     */
    void download(HubRepository model, String file, HubBlob blob, Path part) throws IOException {
        retries.run(what(file), () -> sizeOf(part), () -> {
            long present = sizeOf(part);
            if (present > blob.size()) {
                Files.delete(part);
                present = 0;
            }
            if (present < blob.size() || !Files.exists(part)) {
                fetch(model, file, blob, part, present);
            }
            return part;
        });
    }

    private void fetch(HubRepository model, String file, HubBlob blob, Path part, long present) throws IOException {
        HttpURLConnection connection = request("GET", address(model, blob.commit(), file), file, present, true);
        try {
            int status = connection.getResponseCode();
            if (status == 416) {
                Files.delete(part);
                throw new IOException("the partial download no longer matches");
            }
            HubAnswer answer = answer(connection, model, file);
            if (!answer.isSuccess()) {
                throw answer.refusal();
            }
            // A server that ignores the range sends the whole content.
            long position = status == HttpURLConnection.HTTP_PARTIAL ? present : 0;
            try (InputStream in = connection.getInputStream();
                    OutputStream out = position > 0
                            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
                            : Files.newOutputStream(part)) {
                copy(in, out, file, position, blob.size());
            }
        } finally {
            connection.disconnect();
        }
    }

    private void copy(InputStream in, OutputStream out, String file, long start, long size) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long position = start;
        long reported = System.nanoTime();
        listener.arrived(file, position, size);
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            position += read;
            if (position > size) {
                throw new HubException(what(file) + " sent more than the announced " + size + " bytes.");
            }
            out.write(buffer, 0, read);
            if (System.nanoTime() - reported > REPORT_NANOS) {
                reported = System.nanoTime();
                listener.arrived(file, position, size);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new HubException("Interrupted while downloading " + file + ". The next build resumes it.");
            }
        }
        if (position < size) {
            throw new IOException("the connection was cut after " + position + " of " + size + " bytes");
        }
        listener.arrived(file, position, size);
    }

    private URI address(HubRepository model, String revision, String file) {
        String path = Arrays.stream(file.split("/", -1)).map(HubClient::encoded).collect(Collectors.joining("/"));
        return URI.create(settings.endpoint() + "/" + model.path() + "/resolve/" + encoded(revision) + "/" + path);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a request and follows redirects; the token goes to the hub itself only. */
    private HttpURLConnection request(String method, URI address, String file, long from, boolean toOtherHosts)
            throws IOException {
        URI uri = address;
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setUseCaches(false);
            connection.setAuthenticator(new ProxyLogin());
            connection.setRequestProperty("User-Agent", "ft-maven-plugin");
            // Sizes and ranges refer to the unencoded content.
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (from > 0) {
                connection.setRequestProperty("Range", "bytes=" + from + "-");
            }
            Token token = settings.token();
            if (token != null && settings.isHub(uri.toURL())) {
                connection.setRequestProperty("Authorization", "Bearer " + token.value());
            }
            int status = status(connection, file);
            String location = connection.getHeaderField("Location");
            if (status / 100 != 3 || status == HttpURLConnection.HTTP_NOT_MODIFIED || location == null) {
                return connection;
            }
            URI next = target(uri, location, file);
            if (!toOtherHosts
                    && !settings.isHub(next.toURL())
                    && (connection.getHeaderField("X-Linked-Etag") != null
                            || connection.getHeaderField("X-Repo-Commit") != null)) {
                return connection; // its headers describe the content
            }
            connection.disconnect();
            uri = next;
        }
        throw new HubException(what(file) + " redirected more than " + REDIRECTS + " times.");
    }

    private int status(HttpURLConnection connection, String file) throws IOException {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            if (ProxyLogin.isAsked(e)) {
                throw ProxyLogin.refused(what(file), connection.getURL().getProtocol());
            }
            throw e;
        }
    }

    private URI target(URI uri, String location, String file) throws HubException {
        URI next;
        try {
            next = uri.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new HubException(what(file) + " redirected to an invalid URL.");
        }
        String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
        if (next.getHost() == null || !(scheme.equals("https") || scheme.equals(uri.getScheme()))) {
            throw new HubException(
                    what(file) + " redirected from " + uri.getScheme() + " to " + scheme + ", which is not allowed.");
        }
        return next;
    }

    private HubAnswer answer(HttpURLConnection connection, HubRepository model, String file) {
        return new HubAnswer(connection, settings, model, file);
    }

    private String what(String file) {
        return settings.endpoint().getAuthority() + ": " + file;
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
