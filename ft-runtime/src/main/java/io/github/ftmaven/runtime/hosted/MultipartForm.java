package io.github.ftmaven.runtime.hosted;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A form with texts and one file, which is read while it is sent. */
final class MultipartForm {
    private final Map<String, String> fields;
    private final Path file;
    private final String name;
    private final String boundary = "ft-" + UUID.randomUUID();

    /**
     * @param name the file's name for the server, without quotes
     */
    MultipartForm(Map<String, String> fields, Path file, String name) {
        this.fields = fields;
        this.file = file;
        this.name = name;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher body() {
        StringBuilder head = new StringBuilder();
        fields.forEach((key, value) ->
                head.append(part(key, "")).append("\r\n").append(value).append("\r\n"));
        head.append(part("file", "; filename=\"" + name + "\"")).append("Content-Type: application/jsonl\r\n\r\n");
        try {
            return BodyPublishers.concat(
                    BodyPublishers.ofString(head.toString(), StandardCharsets.UTF_8),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String part(String key, String more) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + key + "\"" + more + "\r\n";
    }
}
