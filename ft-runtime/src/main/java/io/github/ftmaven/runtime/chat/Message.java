package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * One turn of a conversation.
 *
 * @param content what is said; empty where a turn only calls tools
 * @param more what else a chat template is told of the turn, by name: {@code tool_calls}, {@code tool_call_id},
 *     {@code name}, {@code reasoning_content}
 */
public record Message(Role role, String content, JsonNode more) {
    /** The list of calls, in {@link #more}. */
    public static final String TOOL_CALLS = "tool_calls";

    /** A turn of which there is nothing else to tell. */
    public Message(Role role, String content) {
        this(role, content, JsonNodeFactory.instance.objectNode());
    }

    /** Whether it calls tools. */
    public boolean callsTools() {
        return !more.path(TOOL_CALLS).isEmpty();
    }

    /** The same turn with another content. */
    public Message with(String other) {
        return new Message(role, other, more);
    }
}
