package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.http.HttpFailure;
import io.github.ftmaven.runtime.http.HttpMeter;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.http.ProxyHint;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The requests to a service, which all send the key and get JSON. Messages name the server and never hold the key. */
final class ServiceCalls {
    private static final JsonTrees JSON = Json.lenientTrees();

    private final HostedSettings settings;
    private final URI base;
    private final Pace pace;
    private final HttpRequests requests;
    private final HttpRequests uploads;
    private final HttpRequests once;

    ServiceCalls(HostedSettings settings, Pace pace) {
        this.settings = settings;
        this.base = settings.base();
        this.pace = pace;
        this.requests = new HttpRequests(pace.patience());
        this.uploads = new HttpRequests(
                pace.patience(Duration.ofHours(2), pace.patience().attempts()));
        this.once = new HttpRequests(pace.patience(pace.patience().timeout(), 1));
    }

    /** The service's name and host. */
    String name() {
        return settings.place();
    }

    /** How a key of the spec's section is called in messages. */
    String settingName(String key) {
        return settings.name(key);
    }

    URI address(String path) {
        return URI.create(base + path);
    }

    /** A name as a part of a URL. */
    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) throws HostedException {
        return send(requests, "GET", path, BodyPublishers.noBody(), "application/json");
    }

    /** Posts what may be posted twice. */
    JsonNode post(String path, ObjectNode body) throws HostedException {
        return send(requests, "POST", path, content(body), "application/json");
    }

    /** Posts without a body what may be posted twice. */
    JsonNode post(String path) throws HostedException {
        return send(requests, "POST", path, BodyPublishers.noBody(), "application/json");
    }

    /** Posts what must not be posted twice. */
    JsonNode postOnce(String path, ObjectNode body) throws HostedException {
        return send(once, "POST", path, content(body), "application/json");
    }

    JsonNode upload(String path, Map<String, String> fields, Path file, String name) throws HostedException {
        MultipartForm form = new MultipartForm(fields, file, name);
        return send(uploads, "POST", path, form.body(), form.contentType());
    }

    /** Downloads a file, which must be whole, and at most as long. */
    void download(String path, Path file, long longest) throws HostedException {
        new Download(this, settings.key(), pace).run(address(path), file, longest);
    }

    private static BodyPublisher content(ObjectNode body) throws HostedException {
        try {
            return BodyPublishers.ofString(Json.whole(JSON.write(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private JsonNode send(HttpRequests by, String method, String path, BodyPublisher body, String contentType)
            throws HostedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (method.equals("POST")) {
            headers.put("Content-Type", contentType);
        }
        if (settings.key().isPresent()) {
            headers.put("Authorization", "Bearer " + settings.key().secret());
        }
        String text;
        try {
            text = by.send(address(path), method, headers, body, HttpMeter.FREE);
        } catch (HttpFailure e) {
            throw failed(e, path);
        }
        try {
            JsonNode json = JSON.read(text);
            if (json.isObject() || json.isArray()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // The text says more to the user than where it stops being JSON.
        }
        throw HostedException.unreadable(notJson(text));
    }

    /** The message about a response that is not JSON. */
    String notJson(String text) {
        boolean page = text.stripLeading().startsWith("<");
        return name() + (page ? " answered with a web page" : " did not answer with whole JSON") + ": " + shown(text)
                + ". Check " + settingName("url") + ": it goes up to and includes /v1.";
    }

    private HostedException failed(HttpFailure failure, String path) {
        if (failure.status() == 0) {
            return HostedException.of(
                    failure,
                    settings.service().title() + ": " + failure.getMessage() + "."
                            + ProxyHint.of(base.getScheme(), System.getenv(), System::getProperty));
        }
        return HostedException.of(failure, refusal(failure.status(), failure.body(), failure.note(), path));
    }

    /** The message about a status that is not a success. */
    String refusal(int status, String body, String note, String path) {
        String advice = switch (status) {
            case 401 -> " Check the API key (" + settings.key().origin() + ").";
            case 402 -> " The account has no credit left.";
            case 403 -> " The API key (" + settings.key().origin() + ") may not do this.";
            case 404, 405 ->
                " Check " + settingName("model") + ", and that " + settingName("url") + " goes up to and includes /v1.";
            case 413 -> " The file is larger than the service takes.";
            case 429 -> body.contains("insufficient_quota") ? " The account has no credit left." : "";
            default -> "";
        };
        return name() + " answered with status " + status + " to " + path.replaceFirst("\\?.*", "") + ": " + said(body)
                + note + "." + advice;
    }

    /** What an error says in its own words. */
    private String said(String body) {
        try {
            JsonNode json = JSON.read(body);
            for (JsonNode message : new JsonNode[] {
                json.path("error").path("message"), json.path("message"),
                json.path("error"), json.path("detail")
            }) {
                if (message.isTextual()) {
                    return shown(message.textValue()).replaceFirst("\\.$", "");
                }
            }
        } catch (JsonProcessingException e) {
            // A proxy's text.
        }
        return shown(body);
    }

    /** A foreign text as messages show it. */
    String shown(String text) {
        return Sensitive.mask(HttpRequests.shortened(settings.key().hide(text)));
    }
}
