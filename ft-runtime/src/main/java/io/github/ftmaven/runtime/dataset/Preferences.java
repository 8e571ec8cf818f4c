package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;

/**
 * Reads pairs of preferred and other answers, as TRL has them: texts or lists of messages under {@code chosen} and
 * {@code rejected}, after a {@code prompt}; or two whole conversations that differ in their ends. The chosen answer is
 * learnt.
 */
final class Preferences {
    private static final PairKeys CHOSEN = new PairKeys("prompt", null, "chosen");

    private Preferences() {}

    /**
     * The row's prompt with its chosen answer.
     *
     * @throws InvalidInputException if the row is no pair of answers to one prompt
     */
    static Example read(String source, JsonNode row) {
        JsonNode chosen = row.path("chosen");
        JsonNode rejected = row.path("rejected");
        if (chosen.isArray() != rejected.isArray()) {
            throw new InvalidInputException(source + ": chosen is " + ConversationJson.kind(chosen)
                    + " and rejected is " + ConversationJson.kind(rejected)
                    + ". Both must be texts, or both must be lists of messages.");
        }
        boolean explicit = row.hasNonNull("prompt");
        if (!chosen.isArray()) {
            String answer = ConversationJson.text(source, "chosen", row);
            distinct(source, answer, ConversationJson.text(source, "rejected", row));
            if (!explicit) {
                throw new InvalidInputException(
                        source + ": prompt is missing: chosen and rejected are texts, which" + " answer it.");
            }
            return Row.ofPair(source, "prompt", ConversationJson.text(source, "prompt", row), "chosen", answer);
        }
        List<Message> good = ConversationJson.messages(source, "chosen", chosen);
        List<Message> other = ConversationJson.messages(source, "rejected", rejected);
        distinct(source, good, other);
        if (explicit) {
            return Row.ofPromptAndCompletion(
                    source,
                    CHOSEN,
                    ConversationJson.messages(source, "prompt", row.path("prompt")),
                    good,
                    ConversationJson.tools(source, row.get("tools")));
        }
        int common = 0;
        while (common < Math.min(good.size(), other.size()) && good.get(common).equals(other.get(common))) {
            common++;
        }
        if (common == 0) {
            throw new InvalidInputException(
                    source + ": chosen and rejected begin differently, so they do not answer the same prompt.");
        }
        return Row.ofPromptAndCompletion(
                source,
                CHOSEN,
                good.subList(0, common),
                good.subList(common, good.size()),
                ConversationJson.tools(source, row.get("tools")));
    }

    private static void distinct(String source, Object chosen, Object rejected) {
        if (chosen.equals(rejected)) {
            throw new InvalidInputException(source + ": chosen and rejected are the same, so nothing is preferred.");
        }
    }
}
