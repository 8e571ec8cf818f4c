package io.github.ftmaven.runtime.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.files.StrictReader;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads logs, one JSON object in a line, a line at a time. Each line is a request, or is counted as one that cannot be
 * read: nothing is lost in silence.
 */
public final class RequestLog {
    private static final int SHOWN = 5;
    private static final JsonTrees JSON = Json.lenientTrees();

    private final Consumer<Request> receiver;
    private final List<String> first = new ArrayList<>();
    private long unread;
    private long lines;

    /** Prepares to read logs into a receiver. */
    public RequestLog(Consumer<Request> receiver) {
        this.receiver = receiver;
    }

    /** The lines that are not empty. */
    public long lines() {
        return lines;
    }

    /** The lines that are no request. */
    public long unread() {
        return unread;
    }

    /** Where the first of them are, and why. */
    public List<String> firstUnread() {
        return List.copyOf(first);
    }

    /**
     * Reads a file.
     *
     * @param shown its name, for messages
     * @throws InvalidInputException if the file is packed wrongly or not in UTF-8, or its name says that it has no lines
     *     of JSON
     */
    public void read(Path file, String shown) {
        String name = shown.toLowerCase(Locale.ROOT);
        boolean packed = name.endsWith(".gz");
        String plain = packed ? name.substring(0, name.length() - 3) : name;
        if (!plain.endsWith(".jsonl") && !plain.endsWith(".ndjson") && !plain.endsWith(".log")) {
            throw new InvalidInputException(shown + ": unsupported type of log. Name files of one JSON object per line:"
                    + " .jsonl, .ndjson or .log, alone or packed as .gz.");
        }
        try (InputStream in = Files.newInputStream(file);
                InputStream unpacked = packed ? new GZIPInputStream(in) : in;
                BufferedReader text = new BufferedReader(new StrictReader(unpacked, shown))) {
            int number = 0;
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                number++;
                if (!line.isBlank()) {
                    line(shown + ":" + number, line);
                }
            }
        } catch (ZipException | EOFException e) {
            throw new InvalidInputException(
                    shown + ": is not a gzip file, or is damaged: " + e.getMessage() + ". Pack it again.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String source, String line) {
        lines++;
        Request request;
        try {
            request = RequestShape.read(source, JSON.read(line));
        } catch (JsonProcessingException e) {
            skip(source + ": not valid JSON: " + JsonProblem.of(e).text());
            return;
        } catch (InvalidInputException e) {
            skip(source + ": " + e.getMessage());
            return;
        }
        receiver.accept(request);
    }

    private void skip(String problem) {
        unread++;
        if (first.size() < SHOWN) {
            first.add(problem);
        }
    }

    /** JSON in a text, as some logs nest it; the node itself if it is something else. */
    static JsonNode unwrapped(JsonNode node) {
        if (node.isTextual()) {
            String text = node.textValue().strip();
            if (text.startsWith("{") || text.startsWith("[")) {
                try {
                    return JSON.read(text);
                } catch (JsonProcessingException e) {
                    return node; // a text that only looks like JSON
                }
            }
        }
        return node;
    }
}
