package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.spec.Sameness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a question: two examples with the same key ask the same.
 *
 * @param digest of the messages before the answer, in the normal form of {@link SameQuestion}, whether learnt or not, and
 *     of the tools that the assistant may call; for a text, of the text itself
 */
public record PromptKey(Digest128 digest) {
    /** The key of an example's last answer. */
    public static PromptKey of(Example example, Sameness sameness) {
        Example read = example.loaded();
        return of(asked(read, read.messages().size() - 1, sameness), read.tools());
    }

    /** The keys of all answers that training learns from an example. */
    static List<PromptKey> learnt(Example example, Sameness sameness) {
        Example read = example.loaded();
        List<PromptKey> keys = new ArrayList<>();
        for (int i = 0; i < read.messages().size(); i++) {
            if (isLearnt(read.messages().get(i))) {
                keys.add(of(asked(read, i, sameness), read.tools()));
            }
        }
        return keys;
    }

    /** The messages before the first answer that training learns, in normal form. */
    static List<Message> firstAsked(Example example, Sameness sameness) {
        Example read = example.loaded();
        int first = 0;
        while (!isLearnt(read.messages().get(first))) {
            first++;
        }
        return asked(read, first, sameness);
    }

    private static boolean isLearnt(Message message) {
        return message.role() == Role.ASSISTANT && message.learnt();
    }

    private static List<Message> asked(Example example, int end, Sameness sameness) {
        return example.messages().subList(0, end == 0 ? 1 : end).stream()
                .map(message -> message.with(SameQuestion.normal(message.content(), sameness)))
                .toList();
    }

    private static PromptKey of(List<Message> asked, @Nullable JsonNode tools) {
        MessageDigest digest = Digests.of("SHA-256");
        for (Message message : asked) {
            add(digest, message.role().name());
            add(digest, message.content());
            add(digest, message.more());
        }
        if (tools != null) {
            digest.update((byte) 't');
            add(digest, tools);
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
