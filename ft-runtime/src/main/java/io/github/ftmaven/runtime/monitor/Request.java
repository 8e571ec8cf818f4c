package io.github.ftmaven.runtime.monitor;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that somebody asked a model.
 *
 * @param source the file and line, such as {@code requests.jsonl:12}
 * @param messages the conversation up to the answer; at least one message that is not the system's
 * @param answer what the model answered; null if the log does not say
 */
public record Request(
        String source, List<Message> messages, @Nullable String answer) {
    public Request {
        messages = List.copyOf(messages);
    }

    /** The texts of the conversation without the system's. */
    List<String> texts() {
        return messages.stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .map(Message::content)
                .toList();
    }
}
