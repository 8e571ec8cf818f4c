package io.github.ftmaven.runtime.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Candidates as rows of a dataset that wait for their answers. */
final class CandidateRows {
    private static final JsonTrees JSON = Json.lenientTrees();

    private CandidateRows() {}

    /** The lines of a file; each has an empty completion and says where its question was found. */
    static byte[] bytes(List<Candidates.Candidate> candidates) throws JsonProcessingException {
        StringBuilder lines = new StringBuilder();
        for (Candidates.Candidate candidate : candidates) {
            lines.append(Json.whole(JSON.write(row(candidate.request())))).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode row(Request request) {
        ObjectNode row = JsonTrees.object();
        List<Message> messages = request.messages();
        if (messages.size() == 1 && messages.get(0).role() == Role.USER) {
            row.put("prompt", messages.get(0).content()).put("completion", "");
        } else {
            ArrayNode prompt = row.putArray("prompt");
            messages.forEach(message -> prompt.addObject()
                    .put("role", ConversationJson.name(message.role()))
                    .put("content", message.content()));
            row.putArray("completion").addObject().put("role", "assistant").put("content", "");
        }
        row.putObject("metadata").put("origin", "ft:monitor").put("request", request.source());
        return row;
    }
}
