package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The normalised form of examples: one JSON object a line. */
final class ExampleLines {
    private static final JsonMapper JSON = Json.lenient();

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

    static byte[] write(List<Example> examples) {
        StringBuilder text = new StringBuilder();
        try {
            for (Example example : examples) {
                List<Turn> turns = example.messages().stream()
                        .map(message -> new Turn(
                                ConversationJson.name(message.role()),
                                message.content(),
                                message.more().isEmpty() ? null : message.more(),
                                message.learnt() ? null : 0))
                        .toList();
                text.append(JSON.writeValueAsString(new Line(
                                example.source(),
                                turns,
                                example.tools(),
                                example.metadata().isEmpty() ? null : example.metadata())))
                        .append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of text can always be written
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InvalidInputException if a line is anything else; it says which, and not of which file
     */
    static List<Example> read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<Example> examples = new ArrayList<>();
        for (String line : text.isEmpty() ? new String[0] : text.split("\n", 0)) {
            examples.add(example(line)
                    .orElseThrow(
                            () -> new InvalidInputException("line " + (examples.size() + 1) + " is not an example")));
        }
        return examples;
    }

    private static Optional<Example> example(String line) {
        Line row;
        try {
            row = JSON.readValue(line, Line.class);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (row == null
                || row.source() == null
                || row.messages() == null
                || row.messages().isEmpty()
                || !row.messages().stream().allMatch(ExampleLines::isWhole)) {
            return Optional.empty();
        }
        return Optional.of(new Example(
                row.source(),
                row.messages().stream().map(ExampleLines::message).toList(),
                row.tools(),
                row.metadata() == null ? Map.of() : row.metadata()));
    }

    private static boolean isWhole(@Nullable Turn turn) {
        return turn != null
                && turn.role() != null
                && turn.content() != null
                && ConversationJson.role(turn.role()).isPresent();
    }

    private static Message message(Turn turn) {
        Role role = ConversationJson.role(turn.role()).orElseThrow();
        Message message = turn.more() == null
                ? new Message(role, turn.content())
                : new Message(role, turn.content(), turn.more());
        return message.learnt(turn.weight() == null);
    }
}
