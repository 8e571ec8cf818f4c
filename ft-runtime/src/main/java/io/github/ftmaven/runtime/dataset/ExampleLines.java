package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The normalised form of examples: one JSON object a line. */
final class ExampleLines {
    private static final JsonTrees JSON = Json.lenientTrees();
    private static final ObjectWriter MAPPER = Json.lenient().writer();

    private static final byte[] METADATA = ",\"metadata\":{".getBytes(StandardCharsets.UTF_8);

    private static final Set<String> LINE = Set.of("source", "messages", "tools", "metadata");
    private static final Set<String> TURN = Set.of("role", "content", "more", "weight");

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String source,
            List<Turn> messages,
            @Nullable JsonNode tools,
            @Nullable Map<String, String> metadata) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Turn(
            String role,
            String content,
            @Nullable JsonNode more,
            @Nullable Integer weight) {}

    private ExampleLines() {}

    /** Writes lines one by one, because together they may exceed the 2 GiB of an array. */
    static void write(List<Example> examples, OutputStream out) throws IOException {
        for (Example example : examples) {
            out.write(line(example));
            out.write('\n');
        }
    }

    /** The line of an example, without its end. */
    static byte[] line(Example example) {
        byte[] stored = example.line();
        if (stored != null) {
            return stored;
        }
        List<Turn> turns = example.messages().stream()
                .map(message -> new Turn(
                        ConversationJson.name(message.role()),
                        message.content(),
                        message.more().isEmpty() ? null : message.more(),
                        message.learnt() ? null : 0))
                .toList();
        try {
            // Encoded by Java, which replaces halves of characters.
            return MAPPER.writeValueAsString(new Line(
                            example.source(),
                            turns,
                            example.tools(),
                            example.metadata().isEmpty() ? null : example.metadata()))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of text can always be written
        }
    }

    /** Whether a line may have metadata. In a text, quotes are escaped. */
    static boolean hasMetadata(byte[] line) {
        for (int i = line.length - METADATA.length; i >= 0; i--) {
            if (Arrays.equals(line, i, i + METADATA.length, METADATA, 0, METADATA.length)) {
                return true;
            }
        }
        return false;
    }

    /** The example of a line; empty if it is anything else. */
    static Optional<Example> parse(byte[] line) {
        return example(new String(line, StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InvalidInputException if a line is anything else; the message names the line, but not the file
     */
    static List<Example> read(InputStream in) throws IOException {
        List<Example> examples = new ArrayList<>();
        each(in, examples::add);
        return examples;
    }

    /**
     * Reads the same, one after the other.
     *
     * @param receiver takes each example while the rest is unread
     */
    static void each(InputStream in, Consumer<Example> receiver) throws IOException {
        // Replaces what is not UTF-8.
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            Optional<Example> example = example(line);
            if (example.isEmpty()) {
                throw new InvalidInputException("line " + number + " is not an example");
            }
            receiver.accept(example.get());
        }
    }

    private static Optional<Example> example(String line) {
        JsonNode row;
        try {
            row = JSON.read(line);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        JsonNode turns = row.path("messages");
        if (!holdsOnly(row, LINE) || !row.path("source").isTextual() || !turns.isArray() || turns.isEmpty()) {
            return Optional.empty();
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode turn : turns) {
            Optional<Message> message = message(turn);
            if (message.isEmpty()) {
                return Optional.empty();
            }
            messages.add(message.get());
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : row.path("metadata").properties()) {
            if (!entry.getValue().isTextual()) {
                return Optional.empty();
            }
            metadata.put(entry.getKey(), entry.getValue().textValue());
        }
        return Optional.of(new Example(row.path("source").textValue(), messages, row.get("tools"), metadata));
    }

    private static Optional<Message> message(JsonNode turn) {
        String name = turn.path("role").textValue();
        Optional<Role> role = name == null ? Optional.empty() : ConversationJson.role(name);
        String content = turn.path("content").textValue();
        JsonNode weight = turn.get("weight");
        if (!holdsOnly(turn, TURN) || role.isEmpty() || content == null || (weight != null && !weight.isInt())) {
            return Optional.empty();
        }
        Message message = turn.has("more")
                ? new Message(role.get(), content, turn.get("more"))
                : new Message(role.get(), content);
        return Optional.of(message.learnt(weight == null));
    }

    private static boolean holdsOnly(JsonNode object, Set<String> keys) {
        if (!object.isObject()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!keys.contains(entry.getKey())) {
                return false;
            }
        }
        return true;
    }
}
