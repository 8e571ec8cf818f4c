package io.github.ftmaven.runtime.distill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.completions.ChatRequest;
import io.github.ftmaven.runtime.dataset.DistilledRows;
import io.github.ftmaven.runtime.dataset.PromptRow;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TeacherSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question to a teacher.
 *
 * @param row the prompt
 * @param request what is sent
 */
record TeacherQuestion(PromptRow row, ChatRequest request) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonTrees JSON = Json.lenientTrees();

    /** The request for a prompt. */
    static TeacherQuestion of(PromptRow row, TeacherSpec teacher, @Nullable String system) {
        List<Message> messages = row.example().prompt().messages();
        ArrayNode list = NODES.arrayNode();
        if (system != null && messages.get(0).role() != Role.SYSTEM) {
            list.add(DistilledRows.json(new Message(Role.SYSTEM, system)));
        }
        messages.forEach(message -> list.add(DistilledRows.json(message)));
        ObjectNode body = NODES.objectNode().put("model", teacher.model());
        body.set("messages", list);
        if (row.example().tools() != null) {
            body.set("tools", row.example().tools());
        }
        body.put("temperature", teacher.heat());
        body.put("max_tokens", teacher.longestAnswer());
        teacher.more().forEach((key, value) -> set(body, key, value));
        String content = text(list) + (body.has("tools") ? text(body.get("tools")) : "");
        return new TeacherQuestion(
                row,
                ChatRequest.to(
                        teacher.url(),
                        text(body),
                        row.takesCalls(),
                        ChatRequest.estimate(content, list.size()),
                        teacher.longestAnswer()));
    }

    /** Identifies the question and the server. */
    String digest() {
        return request.digest();
    }

    /** The system message for prompts without one. */
    static @Nullable String system(FineTuneSpec spec) {
        String own = Objects.requireNonNull(spec.outside().distill()).asking().system();
        return own == null ? spec.dataset().system() : own;
    }

    private static void set(ObjectNode body, String key, JsonNode value) {
        if (value.isNull()) {
            body.remove(key);
        } else {
            body.set(key, value);
        }
    }

    private static String text(JsonNode json) {
        try {
            return JSON.write(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // it was read from JSON
        }
    }
}
