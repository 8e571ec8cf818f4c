package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    static List<Example> read(byte[] bytes) throws JsonProcessingException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<Example> examples = new ArrayList<>();
        for (String line : text.isEmpty() ? new String[0] : text.split("\n", 0)) {
            Line row = JSON.readValue(line, Line.class);
            examples.add(new Example(
                    row.source(),
                    row.messages().stream().map(ExampleLines::message).toList(),
                    row.tools(),
                    row.metadata() == null ? Map.of() : row.metadata()));
        }
        return examples;
    }

    private static Message message(Turn turn) {
        Role role = ConversationJson.role(turn.role()).orElseThrow();
        Message message = turn.more() == null
                ? new Message(role, turn.content())
                : new Message(role, turn.content(), turn.more());
        return message.learnt(turn.weight() == null);
    }
}
