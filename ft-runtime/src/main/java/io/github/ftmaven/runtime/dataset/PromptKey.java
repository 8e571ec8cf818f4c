package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer answers: two examples with the same key ask the same.
 *
 * @param messages the messages before the answer, without white space at their ends; of a text, the text itself
 */
record PromptKey(List<Message> messages) {
    /** The key of an example's last answer. */
    static PromptKey of(Example example) {
        return before(example.messages(), example.messages().size() - 1);
    }

    /** The keys of all answers that are learnt from an example. */
    static List<PromptKey> learnt(Example example) {
        List<PromptKey> keys = new ArrayList<>();
        for (int i = 0; i < example.messages().size(); i++) {
            if (example.messages().get(i).role() == Role.ASSISTANT) {
                keys.add(before(example.messages(), i));
            }
        }
        return keys;
    }

    private static PromptKey before(List<Message> messages, int end) {
        List<Message> prompt = messages.subList(0, end == 0 ? 1 : end);
        return new PromptKey(prompt.stream()
                .map(message -> new Message(message.role(), message.content().strip()))
                .toList());
    }
}
