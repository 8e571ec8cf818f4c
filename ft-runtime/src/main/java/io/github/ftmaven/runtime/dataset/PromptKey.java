package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a question: two examples with the same key ask the same.
 *
 * @param messages the messages before the answer, in the normal form of {@link SameQuestion}, whether learnt or not;
 *     for a text, the text itself
 * @param tools the tools that the assistant may call; null for none
 */
public record PromptKey(List<Message> messages, @Nullable JsonNode tools) {
    /** The key of an example's last answer. */
    public static PromptKey of(Example example, Sameness sameness) {
        return before(example, example.messages().size() - 1, sameness);
    }

    /** The keys of all answers that training learns from an example. */
    static List<PromptKey> learnt(Example example, Sameness sameness) {
        List<PromptKey> keys = new ArrayList<>();
        for (int i = 0; i < example.messages().size(); i++) {
            Message message = example.messages().get(i);
            if (message.role() == Role.ASSISTANT && message.learnt()) {
                keys.add(before(example, i, sameness));
            }
        }
        return keys;
    }

    /** The keys of all answers in an example, learnt or not, in their order. */
    static List<PromptKey> all(Example example, Sameness sameness) {
        List<PromptKey> keys = new ArrayList<>();
        for (int i = 0; i < example.messages().size(); i++) {
            if (example.messages().get(i).role() == Role.ASSISTANT) {
                keys.add(before(example, i, sameness));
            }
        }
        return keys;
    }

    private static PromptKey before(Example example, int end, Sameness sameness) {
        List<Message> prompt = example.messages().subList(0, end == 0 ? 1 : end);
        return new PromptKey(
                prompt.stream()
                        .map(message -> message.with(SameQuestion.normal(message.content(), sameness))
                                .learnt(true))
                        .toList(),
                example.tools());
    }
}
