package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * One turn of a conversation.
 *
 * @param content the text; empty for a turn that only calls tools
 * @param more further properties for the chat template, by name: {@code tool_calls}, {@code tool_call_id}, {@code
 *     name}, {@code reasoning_content}, … For a turn that only calls tools, also {@code content} if its row has that
 *     key, {@code ""} or null, because templates test for its presence
 * @param learnt whether training learns the turn if it is an answer; false if its row sets {@code weight: 0}
 */
public record Message(Role role, String content, JsonNode more, boolean learnt) {
    /** The list of tool calls in {@link #more}. */
    public static final String TOOL_CALLS = "tool_calls";

    /** The names of the reasoning before an answer in {@link #more}; most chat templates use the first. */
    static final List<String> REASONING = List.of("reasoning_content", "reasoning", "thinking");

    /** A turn that training learns if it is an answer. */
    public Message(Role role, String content, JsonNode more) {
        this(role, content, more, true);
    }

    /** A turn without further properties. */
    public Message(Role role, String content) {
        this(role, content, JsonNodeFactory.instance.objectNode());
    }

    /** Whether it calls tools. */
    public boolean callsTools() {
        return !more.path(TOOL_CALLS).isEmpty();
    }

    /** This turn with another content. */
    public Message with(String other) {
        return new Message(role, other, more, learnt);
    }

    /** This turn, learnt or not. */
    public Message learnt(boolean wanted) {
        return new Message(role, content, more, wanted);
    }
}
