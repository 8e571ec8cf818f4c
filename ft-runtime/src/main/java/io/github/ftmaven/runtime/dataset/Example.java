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
 * One conversation to learn from or to be tested on; its last message is the assistant's. Its content is in memory, or
 * where a spool keeps it: then each call reads it again.
 */
public final class Example {
    private final @Nullable Content content;
    private final @Nullable ExampleSpool spool;
    private final long at;
    private final boolean hasMetadata;

    private record Content(
            String source, List<Message> messages, @Nullable JsonNode tools, Map<String, String> metadata) {}

    /**
     * An example in memory.
     *
     * @param source the file and line of the example, such as {@code data/train.jsonl:12}
     * @param tools the tools that the assistant may call, as JSON Schemas; null for none
     * @param metadata the metadata of its row, such as {@code group}; kept for test questions only
     */
    public Example(String source, List<Message> messages, @Nullable JsonNode tools, Map<String, String> metadata) {
        this.content = new Content(source, messages, tools, Collections.unmodifiableMap(new TreeMap<>(metadata)));
        this.spool = null;
        this.at = 0;
        this.hasMetadata = !metadata.isEmpty();
    }

    /** An example without metadata. */
    public Example(String source, List<Message> messages, @Nullable JsonNode tools) {
        this(source, messages, tools, Map.of());
    }

    /** An example without tools. */
    public Example(String source, List<Message> messages) {
        this(source, messages, null);
    }

    /**
     * An example in a spool.
     *
     * @param hasMetadata false if it has none, or if it is left out
     */
    Example(ExampleSpool spool, long at, boolean hasMetadata) {
        this.hasMetadata = hasMetadata;
        this.content = null;
        this.spool = spool;
        this.at = at;
    }

    private Content content() {
        return content != null ? content : loaded().content();
    }

    /** The same example in memory. Whoever asks it for several things saves reading it again. */
    Example loaded() {
        if (spool == null) {
            return this;
        }
        Example read = spool.read(at);
        return hasMetadata ? read : read.unlabelled();
    }

    /** The line that {@link ExampleLines} writes, if it is in a spool; otherwise null. */
    byte @Nullable [] line() {
        byte[] line = spool == null ? null : spool.line(at);
        return line == null || hasMetadata || !ExampleLines.hasMetadata(line) ? line : null;
    }

    /** The same example without metadata. */
    Example unlabelled() {
        if (!hasMetadata) {
            return this;
        }
        return spool == null ? with(Map.of()) : new Example(spool, at, false);
    }

    /** About how many bytes {@link #loaded} brings to memory. */
    int weight() {
        return spool == null ? 0 : spool.length(at);
    }

    /** The file and line of the example, such as {@code data/train.jsonl:12}. */
    public String source() {
        return content().source();
    }

    /** The messages. */
    public List<Message> messages() {
        return content().messages();
    }

    /** The tools that the assistant may call, as JSON Schemas; null for none. */
    public @Nullable JsonNode tools() {
        return content().tools();
    }

    /** The metadata of its row. */
    public Map<String, String> metadata() {
        return hasMetadata ? content().metadata() : Map.of();
    }

    /** The whole conversation. */
    public Conversation conversation() {
        Content read = content();
        return new Conversation(read.messages(), read.tools());
    }

    /** The conversation up to the answer. */
    public Conversation prompt() {
        Conversation whole = conversation();
        return whole.upTo(whole.messages().size() - 1);
    }

    /** The last message: the answer that the model should give. */
    public String answer() {
        List<Message> messages = messages();
        return messages.get(messages.size() - 1).content();
    }

    /** The same example with other messages. */
    Example with(List<Message> others) {
        Content read = content();
        return new Example(read.source(), others, read.tools(), read.metadata());
    }

    /** The same example with metadata. */
    Example with(Map<String, String> said) {
        Content read = content();
        return new Example(read.source(), read.messages(), read.tools(), said);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Example example && content().equals(example.content()));
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    @Override
    public String toString() {
        return "Example" + content();
    }
}
