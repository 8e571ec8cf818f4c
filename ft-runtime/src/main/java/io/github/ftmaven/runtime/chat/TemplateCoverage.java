package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a conversation that a chat template writes. Many templates silently omit parts that they do not
 * support, and the model would never see them.
 */
final class TemplateCoverage {
    private static final String MARK = "qzmarkzq";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TemplateRenderer renderer;
    private final boolean systemMessages;
    private final boolean tools;
    private final boolean calls;

    /** Tests the template with one of each part. */
    TemplateCoverage(TemplateRenderer renderer) {
        this.renderer = renderer;
        Message question = new Message(Role.USER, "question");
        Message answer = new Message(Role.ASSISTANT, "answer");
        systemMessages = writes(List.of(new Message(Role.SYSTEM, MARK), question, answer), null);
        tools = writes(List.of(question, answer), tool());
        calls = writes(List.of(question, new Message(Role.ASSISTANT, "", calling())), null);
    }

    /** A list of one tool. */
    static ArrayNode tool() {
        ObjectNode tool = JSON.objectNode().put("type", "function");
        tool.putObject("function")
                .put("name", MARK)
                .put("description", MARK)
                .putObject("parameters")
                .put("type", "object")
                .putObject("properties");
        return JSON.arrayNode().add(tool);
    }

    private static ObjectNode calling() {
        ObjectNode more = JSON.objectNode();
        ArrayNode list = more.putArray(Message.TOOL_CALLS);
        // Some templates require ids of nine characters.
        ObjectNode call = list.addObject().put("id", "abcdefghi").put("type", "function");
        call.putObject("function").put("name", MARK).putObject("arguments");
        return more;
    }

    /** A rejected part is not silently omitted: the template rejects the user's conversation as well, with a reason. */
    private boolean writes(List<Message> messages, @Nullable JsonNode withTools) {
        Conversation whole = new Conversation(messages, withTools);
        try {
            return renderer.render(whole, false).contains(MARK)
                    || renderer.render(whole.upTo(messages.size() - 1), true).contains(MARK);
        } catch (InvalidInputException e) {
            return true;
        }
    }

    /**
     * Requires the template to write every part of a conversation.
     *
     * @throws InvalidInputException if a part would be lost
     */
    void require(Conversation conversation) {
        for (Message message : conversation.messages()) {
            if (!systemMessages
                    && message.role() == Role.SYSTEM
                    && !message.content().isBlank()) {
                throw lost("system messages", "Put them into the prompts");
            }
            if (!calls && message.callsTools()) {
                throw lost("tool calls", "Leave such rows out");
            }
        }
        if (!tools && conversation.tools() != null) {
            throw lost("tools", "Leave them out");
        }
    }

    private InvalidInputException lost(String what, String instead) {
        return new InvalidInputException(
                "the model's chat template (" + renderer.template().name() + ") does not write "
                        + what + ", so the model would never see them. " + instead
                        + ", or choose a model whose template writes them.");
    }
}
