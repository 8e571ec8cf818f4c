package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.Message;
import java.util.List;

/**
 * One conversation to learn from or to be tested on; its last message is the assistant's.
 *
 * @param source the file and line it came from, such as {@code data/train.jsonl:12}
 */
public record Example(String source, List<Message> messages) {
    /** The conversation up to the answer. */
    public List<Message> prompt() {
        return messages.subList(0, messages.size() - 1);
    }

    /** The last message: what the model should say. */
    public String answer() {
        return messages.get(messages.size() - 1).content();
    }
}
