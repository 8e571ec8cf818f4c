package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.completions.ChatAnswer;
import io.github.ftmaven.runtime.completions.ChatOutcome;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.suite.Provider;
import io.github.ftmaven.runtime.suite.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A model at a service as a suite's provider. */
final class ChatProvider implements Provider {
    private final ServedModels models;
    private final ServedModels.Model model;
    private final SuitePrompts prompts;
    private final Map<String, ChatAnswer> answers = new HashMap<>();

    ChatProvider(ServedModels models, ServedModels.Model model, SuitePrompts prompts) {
        this.models = models;
        this.model = model;
        this.prompts = prompts;
    }

    /**
     * Asks all of them.
     *
     * @throws UncheckedIOException with what went wrong if the service cannot be asked
     */
    @Override
    public void prepare(List<String> texts) {
        List<String> wanted = new ArrayList<>();
        List<Conversation> conversations = new ArrayList<>();
        for (String text : new LinkedHashSet<>(texts)) {
            try {
                conversations.add(prompts.conversation(text));
                wanted.add(text);
            } catch (InvalidInputException e) {
                // Told when it is asked.
            }
        }
        try {
            List<ChatAnswer> found = models.ask(model, conversations);
            for (int i = 0; i < wanted.size(); i++) {
                answers.put(wanted.get(i), found.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Response ask(String prompt, ObjectNode vars) throws ProviderException {
        if (!answers.containsKey(prompt)) {
            try {
                prompts.conversation(prompt);
            } catch (InvalidInputException e) {
                throw new ProviderException(String.valueOf(e.getMessage()));
            }
            prepare(List.of(prompt));
        }
        ChatAnswer answer = answers.get(prompt);
        if (answer == null) {
            throw new ProviderException("the service did not answer");
        }
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
