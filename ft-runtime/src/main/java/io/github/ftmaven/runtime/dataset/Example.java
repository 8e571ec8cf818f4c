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
 * @param source the file and line of the example, such as {@code data/train.jsonl:12}
 * @param tools the tools that the assistant may call, as JSON Schemas; null for none
 * @param metadata the metadata of its row, such as {@code group}; kept for test questions only
 */
public record Example(
        String source, List<Message> messages, @Nullable JsonNode tools, Map<String, String> metadata) {
    public Example {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** An example without metadata. */
    public Example(String source, List<Message> messages, @Nullable JsonNode tools) {
        this(source, messages, tools, Map.of());
    }

    /** An example without tools. */
    public Example(String source, List<Message> messages) {
        this(source, messages, null);
    }

    /** The whole conversation. */
    public Conversation conversation() {
        return new Conversation(messages, tools);
    }

    /** The conversation up to the answer. */
    public Conversation prompt() {
        return conversation().upTo(messages.size() - 1);
    }

    /** The last message: the answer that the model should give. */
    public String answer() {
        return messages.get(messages.size() - 1).content();
    }

    /** The same example with other messages. */
    Example with(List<Message> others) {
        return new Example(source, others, tools, metadata);
    }

    /** The same example with metadata. */
    Example with(Map<String, String> said) {
        return new Example(source, messages, tools, said);
    }
}
