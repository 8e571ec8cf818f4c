package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers in a file that {@code ft:distill} wrote earlier. */
public final class DistilledRows {
    private DistilledRows() {}

    /**
     * Reads the answers by the digest of their requests; none if the file does not exist.
     *
     * @throws InvalidInputException if the file has a row without the mark, which would be lost
     */
    public static Map<String, ObjectNode> read(DatasetSpec dataset, Path file, ProjectPaths paths) {
        Map<String, ObjectNode> answers = new HashMap<>();
        if (isEmpty(file)) {
            return answers;
        }
        for (Example example : new ExampleReader(RowRules.of(dataset), paths).read(List.of(file))) {
            String request = Origin.of(example.metadata()).map(Origin::request).orElse("");
            if (request.isEmpty()) {
                throw new InvalidInputException(example.source() + ": ft:distill did not write this row (it has no"
                        + " metadata.teacherRequest), and would overwrite it. Move your rows to another file, or name"
                        + " another distill.output.");
            }
            answers.put(request, json(example.messages().get(example.messages().size() - 1)));
        }
        return answers;
    }

    private static boolean isEmpty(Path file) {
        try {
            return !Files.isRegularFile(file) || Files.size(file) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message as APIs write it. */
    public static ObjectNode json(Message message) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("role", ConversationJson.name(message.role()))
                .put("content", message.content());
        message.more().properties().forEach(entry -> json.set(entry.getKey(), entry.getValue()));
        return json;
    }
}
