package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.completions.ChatAnswer;
import io.github.ftmaven.runtime.completions.ChatOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A model at a service as a suite's provider. */
final class ChatProvider extends PreparedProvider<Conversation> {
    private final ServedModels models;
    private final ServedModels.Model model;

    ChatProvider(ServedModels models, ServedModels.Model model, SuitePrompts prompts) {
        super(prompts);
        this.models = models;
        this.model = model;
    }

    @Override
    Conversation question(Conversation conversation) {
        return conversation;
    }

    /**
     * Asks all of them.
     *
     * @throws UncheckedIOException with what went wrong if the service cannot be asked
     */
    @Override
    List<Response> answers(List<Conversation> questions) {
        try {
            return models.ask(model, questions).stream()
                    .map(ChatProvider::response)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response response(ChatAnswer answer) {
        return new Response(
                TextNode.valueOf(answer.text()),
                Math.round(1000 * answer.usage().seconds()),
                null,
                reason(answer.outcome()),
                null,
                new Response.Tokens(answer.usage().input(), answer.usage().output()));
    }

    private static String reason(ChatOutcome outcome) {
        return switch (outcome) {
            case CUT_OFF -> "length";
            case FILTERED -> "content_filter";
            case CALLS -> "tool_calls";
            default -> "stop";
        };
    }
}
