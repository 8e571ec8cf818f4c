package io.github.ftmaven.runtime.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.http.RetryAfter;
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
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"?([^\"]*)\"?");

    private final HubSettings settings;
    private final HubListener listener;
    private final Retries retries;

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
                int status = connection.getResponseCode();
                if (isSuccess(status)) {
                    return Optional.of(blob(connection, file));
                }
                if (status == 404 && isFileMissing(connection)) {
                    return Optional.empty();
                }
                throw refusal(connection, model, file);
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
                if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    throw refusal(connection, model, what);
                }
                try (InputStream in = connection.getInputStream()) {
                    return listing(in.readNBytes(LONGEST_LIST + 1), what);
                }
            } finally {
                connection.disconnect();
            }
        });
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
            if (!isSuccess(status)) {
                throw refusal(connection, model, file);
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
            connection.setRequestProperty("User-Agent", "ft-maven-plugin");
            // Sizes and ranges refer to the unencoded content.
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (from > 0) {
                connection.setRequestProperty("Range", "bytes=" + from + "-");
            }
            Token token = settings.token();
            if (token != null && isHub(uri)) {
                connection.setRequestProperty("Authorization", "Bearer " + token.value());
            }
            int status = connection.getResponseCode();
            String location = connection.getHeaderField("Location");
            if (status / 100 != 3 || status == HttpURLConnection.HTTP_NOT_MODIFIED || location == null) {
                return connection;
            }
            URI next = target(uri, location, file);
            if (!toOtherHosts && !isHub(next)) {
                return connection; // its headers describe the content
            }
            connection.disconnect();
            uri = next;
        }
        throw new HubException(what(file) + " redirected more than " + REDIRECTS + " times.");
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

    private boolean isHub(URI uri) {
        URI hub = settings.endpoint();
        return hub.getHost().equalsIgnoreCase(uri.getHost())
                && hub.getScheme().equalsIgnoreCase(uri.getScheme())
                && port(hub) == port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }

    private HubBlob blob(HttpURLConnection connection, String file) throws HubException {
        String digest = etag(connection.getHeaderField("X-Linked-Etag"));
        if (digest == null) {
            digest = etag(connection.getHeaderField("ETag"));
        }
        String linkedSize = connection.getHeaderField("X-Linked-Size");
        String size = linkedSize == null ? connection.getHeaderField("Content-Length") : linkedSize;
        String commit = connection.getHeaderField("X-Repo-Commit");
        if (digest == null || !HubBlob.isDigest(digest)) {
            throw new HubException(what(file) + " sent no digest to verify the content.");
        }
        if (size == null || !size.matches("[0-9]{1,18}") || commit == null || !HubModel.isCommit(commit)) {
            throw new HubException(what(file) + " did not answer as a hub does: the size or the commit is missing.");
        }
        return new HubBlob(digest, Long.parseLong(size), commit);
    }

    private static @Nullable String etag(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Matcher matcher = ETAG.matcher(header.strip());
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static boolean isSuccess(int status) {
        // A redirect that is not followed carries the same headers as a direct response.
        return status / 100 == 2 || status / 100 == 3;
    }

    private static boolean isFileMissing(HttpURLConnection connection) {
        String code = connection.getHeaderField("X-Error-Code");
        return "EntryNotFound".equals(code) || (code == null && connection.getHeaderField("X-Repo-Commit") != null);
    }

    /** The error for a status. */
    private IOException refusal(HttpURLConnection connection, HubRepository model, String file) throws IOException {
        int status = connection.getResponseCode();
        String code = Objects.requireNonNullElse(connection.getHeaderField("X-Error-Code"), "");
        if (status == 429 || status / 100 == 5 || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
            return new Retries.BusyException(
                    "status " + status, RetryAfter.of(connection.getHeaderField("Retry-After")));
        }
        if (code.equals("RevisionNotFound")) {
            throw new InvalidInputException(model + ": " + settings.endpoint() + " has the " + model.noun()
                    + ", but not the revision " + model.revision() + ". Use one of its commits.");
        }
        if (code.equals("GatedRepo") || status == 403) {
            throw new InvalidInputException(model + ": access is restricted (status " + status + ", " + asked()
                    + "). Accept its terms at " + settings.endpoint() + "/" + model.path()
                    + ", and use a token of that account with read access.");
        }
        if (status == 401) {
            throw new InvalidInputException(model + ": " + settings.endpoint() + " shows no such " + model.noun() + " ("
                    + asked() + "). Check the name; a private " + model.noun()
                    + " needs a token with read access in HF_TOKEN.");
        }
        if (status == 404) {
            throw new InvalidInputException(model + ": no such " + model.noun() + ", revision or file at "
                    + settings.endpoint() + " (" + file + ", " + asked() + "). Check the name.");
        }
        return new HubException(what(file) + " answered with status " + status + ".");
    }

    private String asked() {
        return settings.token() == null ? "requested without a token" : "requested with the " + settings.token();
    }

    private String what(String file) {
        return settings.endpoint().getAuthority() + ": " + file;
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
