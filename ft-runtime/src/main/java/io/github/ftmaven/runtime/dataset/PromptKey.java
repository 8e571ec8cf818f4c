package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer answers: two examples with the same key ask the same.
 *
 * @param messages the messages before the answer, without white space at their ends and learnt or not; of a text, the
 *     text itself
 * @param tools those that may be called in it; null for none
 */
record PromptKey(List<Message> messages, @Nullable JsonNode tools) {
    /** The key of an example's last answer. */
    static PromptKey of(Example example) {
        return before(example, example.messages().size() - 1);
    }

    /** The keys of all answers that are learnt from an example. */
    static List<PromptKey> learnt(Example example) {
        List<PromptKey> keys = new ArrayList<>();
        for (int i = 0; i < example.messages().size(); i++) {
            Message message = example.messages().get(i);
            if (message.role() == Role.ASSISTANT && message.learnt()) {
                keys.add(before(example, i));
            }
        }
        return keys;
    }

    private static PromptKey before(Example example, int end) {
        List<Message> prompt = example.messages().subList(0, end == 0 ? 1 : end);
        return new PromptKey(
                prompt.stream()
                        .map(message -> message.with(message.content().strip()).learnt(true))
                        .toList(),
                example.tools());
    }
}
