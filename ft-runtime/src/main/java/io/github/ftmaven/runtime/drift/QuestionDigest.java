package io.github.ftmaven.runtime.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.SameQuestion;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.Sameness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Digests of questions, equal for two rows that ask the same, and of answers: the first 64 bits of a SHA-256. Among a
 * million rows, two have the same digest by chance once in 37 million datasets.
 */
public record QuestionDigest(Sameness sameness) {
    private static final JsonTrees JSON = Json.lenientTrees();

    /** The digests of an example. */
    ExampleDigests.Digest of(Example example) {
        int last = example.messages().size() - 1;
        Message answer = example.messages().get(last);
        // A text without a question is its own question.
        List<Message> question = example.messages().subList(0, last == 0 ? 1 : last);
        MessageDigest digest = sha256();
        put(digest, answer.content());
        put(digest, answer.more());
        return new ExampleDigests.Digest(of(question, example.tools()), first(digest));
    }

    /**
     * The digest of a question.
     *
     * @param tools the tools that may be called, or null
     */
    public long of(List<Message> question, @Nullable JsonNode tools) {
        MessageDigest digest = sha256();
        for (Message message : question) {
            if (message.role() != Role.SYSTEM) {
                put(digest, message.role().name());
                put(digest, SameQuestion.normal(message.content(), sameness));
                put(digest, message.more());
            }
        }
        if (tools != null) {
            put(digest, tools);
        }
        return first(digest);
    }

    private static void put(MessageDigest digest, JsonNode json) {
        try {
            put(digest, json.isEmpty() ? "" : JSON.write(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was read from JSON", e);
        }
    }

    /** With its length, so that two texts never run into each other. */
    private static void put(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static long first(MessageDigest digest) {
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
