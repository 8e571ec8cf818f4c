package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code conversation-relevance}: the share of turns whose answer is relevant to the preceding turns, of which the
 * judge sees a window. The turns come from the variable {@code _conversation}, or are the prompt and its answer.
 */
final class ConversationCheck {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double THRESHOLD = 0.5;
    private static final int WINDOW = 5;

    private ConversationCheck() {}

    static Outcome check(Subject s, Grading grading) throws CheckException {
        List<JsonNode> turns = new ArrayList<>();
        grading.test().vars().path("_conversation").forEach(turns::add);
        if (turns.isEmpty()) {
            turns.add(JSON.objectNode().put("input", grading.test().prompt()).put("output", s.text()));
        }
        int window = Math.max(
                1, s.assertion().json().path("config").path("windowSize").asInt(WINDOW));
        int relevant = 0;
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            ObjectNode vars = grading.vars();
            ArrayNode messages = vars.putArray("messages");
            turns.subList(Math.max(0, i - window + 1), i + 1).forEach(messages::add);
            String answer = grading.askText(grading.promptWithObjects("conversation-relevance", vars), vars);
            JsonNode verdict = grading.object(answer(answer));
            String found = verdict.path("verdict").asText();
            if (!found.equals("yes") && !found.equals("no")) {
                throw grading.nonsense("a verdict that is neither yes nor no", answer);
            }
            relevant += found.equals("yes") ? 1 : 0;
            if (found.equals("no") && verdict.path("reason").isTextual()) {
                reasons.add(verdict.path("reason").textValue());
            }
        }
        double score = (double) relevant / turns.size();
        boolean reached = score >= s.assertion().threshold(THRESHOLD) - EmbeddingChecks.EPSILON;
        String reason = relevant + " out of " + turns.size() + " conversation windows were relevant";
        return new Outcome(
                reached != s.inverse(),
                s.inverse() ? 1 - score : score,
                reasons.isEmpty() ? reason : reason + ": " + String.join("; ", reasons));
    }

    private static JsonNode answer(String text) {
        return JSON.textNode(text);
    }
}
