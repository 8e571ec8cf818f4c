package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.spec.Sameness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Identifies a question: two examples with the same key ask the same.
 *
 * @param digest of the messages before the answer, in the normal form of {@link SameQuestion}, whether learnt or not, and
 *     of the tools that the assistant may call; for a text, of the text itself
 */
public record PromptKey(Digest128 digest) {
    /** The key of an example's last answer. */
    public static PromptKey of(Example example, Sameness sameness) {
        return of(AskedQuestion.last(example, sameness));
    }

    /** The keys of all answers that training learns from an example. */
    static List<PromptKey> learnt(Example example, Sameness sameness) {
        return AskedQuestion.learnt(example, sameness).stream()
                .map(PromptKey::of)
                .toList();
    }

    private static PromptKey of(AskedQuestion asked) {
        MessageDigest digest = Digests.of("SHA-256");
        for (Message message : asked.messages()) {
            add(digest, message.role().name());
            add(digest, message.content());
            add(digest, message.more());
        }
        if (asked.tools() != null) {
            digest.update((byte) 't');
            add(digest, asked.tools());
        }
        return new PromptKey(Digest128.of(digest));
    }

    /** The order of an object's keys says nothing. */
    private static void add(MessageDigest digest, JsonNode json) {
        add(digest, json.getNodeType().name());
        if (json.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            json.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            add(digest, sorted.size());
            sorted.forEach((key, value) -> {
                add(digest, key);
                add(digest, value);
            });
        } else if (json.isArray()) {
            add(digest, json.size());
            json.forEach(each -> add(digest, each));
        } else {
            add(digest, json.asText());
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(digest, bytes.length);
        digest.update(bytes);
    }

    private static void add(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
