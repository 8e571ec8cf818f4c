package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * One turn of a conversation.
 *
 * @param content what is said; empty where a turn only calls tools
 * @param more what else a chat template is told of the turn, by name: {@code tool_calls}, {@code tool_call_id},
 *     {@code name}, {@code reasoning_content}, … Of a turn that only calls tools also {@code content} where its row has
 *     that key, {@code ""} or null: templates ask whether it is there
 * @param learnt whether training learns the turn if it is an answer; false where its row gives it {@code weight: 0}
 */
public record Message(Role role, String content, JsonNode more, boolean learnt) {
    /** The list of calls, in {@link #more}. */
    public static final String TOOL_CALLS = "tool_calls";

    /** What the reasoning before an answer is called in {@link #more}, first as most chat templates call it. */
    static final List<String> REASONING = List.of("reasoning_content", "reasoning", "thinking");

    /** A turn that is learnt if it is an answer. */
    public Message(Role role, String content, JsonNode more) {
        this(role, content, more, true);
    }

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
        return new Message(role, other, more, learnt);
    }

    /** The same turn, learnt or not. */
    public Message learnt(boolean wanted) {
        return new Message(role, content, more, wanted);
    }
}
