package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The normalised form of examples: one JSON object a line. */
final class ExampleLines {
    private static final JsonMapper JSON = new JsonMapper();

    private record Line(String source, List<Turn> messages) {}

    private record Turn(String role, String content) {}

    private ExampleLines() {}

    static byte[] write(List<Example> examples) {
        StringBuilder text = new StringBuilder();
        try {
            for (Example example : examples) {
                List<Turn> turns = example.messages().stream()
                        .map(message -> new Turn(Names.of(message.role()), message.content()))
                        .toList();
                text.append(JSON.writeValueAsString(new Line(example.source(), turns)))
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
                    row.messages().stream()
                            .map(turn -> new Message(Names.role(turn.role()).orElseThrow(), turn.content()))
                            .toList()));
        }
        return examples;
    }
}
