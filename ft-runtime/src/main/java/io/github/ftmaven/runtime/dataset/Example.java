package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One conversation to learn from or to be tested on; its last message is the assistant's.
 *
 * @param source the file and line it came from, such as {@code data/train.jsonl:12}
 * @param tools the tools that may be called in it, as JSON Schemas; null for none
 * @param metadata what its row says of it, such as its {@code group}; kept of test questions only
 */
public record Example(
        String source, List<Message> messages, @Nullable JsonNode tools, Map<String, String> metadata) {
    public Example {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** One of which its row says nothing more. */
    public Example(String source, List<Message> messages, @Nullable JsonNode tools) {
        this(source, messages, tools, Map.of());
    }

    /** One without tools. */
    public Example(String source, List<Message> messages) {
        this(source, messages, null);
    }

    /** All of it. */
    public Conversation conversation() {
        return new Conversation(messages, tools);
    }

    /** The conversation up to the answer. */
    public Conversation prompt() {
        return conversation().upTo(messages.size() - 1);
    }

    /** The last message: what the model should say. */
    public String answer() {
        return messages.get(messages.size() - 1).content();
    }

    /** The same example with other messages. */
    Example with(List<Message> others) {
        return new Example(source, others, tools, metadata);
    }

    /** The same example with what its row says of it. */
    Example with(Map<String, String> said) {
        return new Example(source, messages, tools, said);
    }
}
