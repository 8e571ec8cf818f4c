package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.http.RetryAfter;
import io.github.ftmaven.runtime.hub.HubBlob.Known;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The status and headers of an answer for a file. A company's proxy before the hub omits some headers, has others of its
 * own, and may answer with a page for people.
 */
final class HubAnswer {
    /** Also Nexus's form, which names the algorithm. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"?(?:\\{SHA1\\{([0-9a-f]{40})\\}\\}|([^\"]*))\"?");

    /** The headers with digests: those of hubs for large files, those of Artifactory, those of all for small ones. */
    private static final List<String> DIGESTS =
            List.of("X-Linked-Etag", "X-Checksum-Sha256", "ETag", "X-Checksum-Sha1");

    private final HttpURLConnection connection;
    private final HubSettings settings;
    private final HubRepository repository;
    private final String file;

    HubAnswer(HttpURLConnection connection, HubSettings settings, HubRepository repository, String file) {
        this.connection = connection;
        this.settings = settings;
        this.repository = repository;
        this.file = file;
    }

    /**
     * Whether it carries what was asked for. A redirect that is not followed has the same headers as a direct response.
     *
     * @throws HubException if it is a page for people
     */
    boolean isSuccess() throws IOException {
        int status = connection.getResponseCode();
        if (status / 100 != 2) {
            return status / 100 == 3;
        }
        String type =
                Objects.requireNonNullElse(connection.getContentType(), "").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html") && !file.endsWith(".html") && !file.endsWith(".htm")) {
            throw new HubException(what() + (isRedirected() ? " was redirected to " + host() + ", which" : "")
                    + " answered with a web page instead of the file, as a login page does. Set HF_ENDPOINT to the"
                    + " address below which your mirror serves the hub, and HF_TOKEN to a token for it.");
        }
        return true;
    }

    /** Whether the hub says that the revision has no such file. */
    boolean isFileMissing() throws IOException {
        String code = connection.getHeaderField("X-Error-Code");
        return connection.getResponseCode() == 404
                && ("EntryNotFound".equals(code)
                        || (code == null && connection.getHeaderField("X-Repo-Commit") != null));
    }

    /** Whether it leaves open what is missing: the file, the revision or the repository. */
    boolean isUnclear() throws IOException {
        return connection.getResponseCode() == 404
                && connection.getHeaderField("X-Error-Code") == null
                && !isFileMissing();
    }

    /**
     * Identifies the content.
     *
     * @param revision the requested one
     */
    HubBlob blob(String revision) throws HubException {
        String commit = connection.getHeaderField("X-Repo-Commit");
        if (commit == null && HubModel.isCommit(revision)) {
            commit = revision;
        }
        if (commit == null) {
            throw new HubException(what() + " did not say which commit " + revision
                    + " is (no X-Repo-Commit), as some mirrors do. Write the commit: " + pinned() + ".");
        }
        String linkedSize = connection.getHeaderField("X-Linked-Size");
        String size = linkedSize == null ? connection.getHeaderField("Content-Length") : linkedSize;
        if (size == null || !size.matches("[0-9]{1,18}") || !HubModel.isCommit(commit)) {
            throw new HubException(what() + " did not answer as a hub does: the size or the commit is missing.");
        }
        return identified(Long.parseLong(size), commit);
    }

    private HubBlob identified(long size, String commit) {
        for (String header : DIGESTS) {
            String digest = tag(header);
            if (digest != null && HubBlob.isDigest(digest)) {
                return new HubBlob(digest, size, commit);
            }
        }
        return new HubBlob(Known.NONE, Digests.sha256(commit + "/" + file), size, commit);
    }

    private @Nullable String tag(String header) {
        String value = connection.getHeaderField(header);
        Matcher matcher = TAG.matcher(value == null ? "" : value.strip());
        if (value == null || !matcher.matches()) {
            return null;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /** The error for its status. */
    IOException refusal() throws IOException {
        int status = connection.getResponseCode();
        String code = Objects.requireNonNullElse(connection.getHeaderField("X-Error-Code"), "");
        if (status == 429 || status / 100 == 5 || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
            return new Retries.BusyException(
                    "status " + status, RetryAfter.of(connection.getHeaderField("Retry-After")));
        }
        if (status == HttpURLConnection.HTTP_PROXY_AUTH) {
            return ProxyLogin.refused(what(), settings.endpoint().getScheme());
        }
        if (isRedirected()) {
            return new HubException(
                    what() + " was redirected to " + host() + ", which answered with status " + status + ".");
        }
        String noun = repository.noun();
        if (code.equals("RevisionNotFound")) {
            throw new InvalidInputException(repository + ": " + settings.endpoint() + " has the " + noun
                    + ", but not the revision " + repository.revision() + ". Use one of its commits.");
        }
        if (code.equals("GatedRepo") || status == 403) {
            throw new InvalidInputException(repository + ": access is restricted (status " + status + ", " + asked()
                    + "). Accept its terms at " + settings.endpoint() + "/" + repository.path()
                    + ", and use a token of that account with read access.");
        }
        if (status == 401 && asksForPassword()) {
            throw new InvalidInputException(repository + ": " + settings.endpoint() + " wants a login (" + asked()
                    + "). Set HF_TOKEN to an access token of that server; user names and passwords are not sent.");
        }
        if (status == 401) {
            throw new InvalidInputException(
                    repository + ": " + settings.endpoint() + " shows no such " + noun + " (" + asked()
                            + "). Check the name; a private " + noun + " needs a token with read access in HF_TOKEN.");
        }
        if (status == 404) {
            throw new InvalidInputException(repository + ": no such " + noun + ", revision or file at "
                    + settings.endpoint() + " (" + file + ", " + asked() + "). Check the name.");
        }
        return new HubException(what() + " answered with status " + status + ".");
    }

    private boolean asksForPassword() {
        String challenge = Objects.requireNonNullElse(connection.getHeaderField("WWW-Authenticate"), "");
        return challenge.toLowerCase(Locale.ROOT).startsWith("basic");
    }

    private boolean isRedirected() {
        return !settings.isHub(connection.getURL());
    }

    private String host() {
        return connection.getURL().getHost();
    }

    private String pinned() {
        return repository.toString().replaceFirst("@.*", "@COMMIT");
    }

    private String asked() {
        return settings.token() == null ? "requested without a token" : "requested with the " + settings.token();
    }

    private String what() {
        return settings.endpoint().getAuthority() + ": " + file;
    }
}
