package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said, and the tools that may be called.
 *
 * @param tools a list of JSON Schemas of functions, as chat templates take it; null for none
 */
public record Conversation(List<Message> messages, @Nullable JsonNode tools) {
    /** Copies the list. */
    public Conversation {
        messages = List.copyOf(messages);
    }

    /** One without tools. */
    public Conversation(List<Message> messages) {
        this(messages, null);
    }

    /** Its beginning. */
    public Conversation upTo(int end) {
        return new Conversation(messages.subList(0, end), tools);
    }

    /** Whether a layout would have to write tools, calls or their results. */
    boolean needsTools() {
        return tools != null || messages.stream().anyMatch(m -> m.role() == Role.TOOL || m.callsTools());
    }
}
