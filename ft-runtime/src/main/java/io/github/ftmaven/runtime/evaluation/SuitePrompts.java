package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of a suite as conversations.
 *
 * @param asking builds the prompt for a question
 * @param system the system message for conversations without one
 */
record SuitePrompts(
        UnaryOperator<Conversation> asking, @Nullable String system) {
    /**
     * A prompt that is a list of messages becomes that conversation; any other prompt becomes a user message.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if the messages are not valid
     */
    Conversation conversation(String prompt) {
        Optional<JsonNode> json = Js.parse(prompt)
                .filter(list -> list.isArray() && !list.isEmpty() && list.get(0).has("role"));
        List<Message> messages = new ArrayList<>();
        if (json.isPresent()) {
            messages.addAll(ConversationJson.messages("prompt", json.get()));
        } else {
            messages.add(new Message(Role.USER, prompt));
        }
        if (system != null && messages.get(0).role() != Role.SYSTEM) {
            messages.add(0, new Message(Role.SYSTEM, system));
        }
        return asking.apply(new Conversation(messages));
    }
}
