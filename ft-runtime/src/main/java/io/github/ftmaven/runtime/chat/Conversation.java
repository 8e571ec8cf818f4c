package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages, and the tools that the model may call.
 *
 * @param tools a list of JSON Schemas of functions, as chat templates expect it; null for none
 */
public record Conversation(List<Message> messages, @Nullable JsonNode tools) {
    /** Copies the list. */
    public Conversation {
        messages = List.copyOf(messages);
    }

    /** A conversation without tools. */
    public Conversation(List<Message> messages) {
        this(messages, null);
    }

    /** The first messages of the conversation. */
    public Conversation upTo(int end) {
        return new Conversation(messages.subList(0, end), tools);
    }

    /** Whether a layout would have to support tools, calls or their results. */
    boolean needsTools() {
        return tools != null || messages.stream().anyMatch(m -> m.role() == Role.TOOL || m.callsTools());
    }
}
