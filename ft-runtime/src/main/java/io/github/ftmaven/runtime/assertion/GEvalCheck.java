package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code g-eval} (Liu et al., 2023) as in promptfoo: the judge first derives steps from a criterion, then uses them to
 * score the answer from 0 to 10. With several criteria the score is the mean.
 */
final class GEvalCheck {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double THRESHOLD = 0.7;
    private static final int MOST = 10;

    private GEvalCheck() {}

    private record Scored(double score, String reason) {}

    static Outcome check(Subject s, Grading grading) throws CheckException {
        List<String> criteria = new ArrayList<>();
        boolean valid = s.value().isTextual() || s.value().isArray();
        if (s.value().isTextual()) {
            criteria.add(s.value().textValue());
        } else {
            for (JsonNode each : s.value()) {
                valid &= each.isTextual();
                criteria.add(each.asText());
            }
        }
        CheckException.require(valid, "G-Eval assertion type must have a string or array of strings value");
        if (criteria.isEmpty()) {
            return new Outcome(false, 0, "G-Eval assertion requires at least one criterion string in the value array.");
        }
        double sum = 0;
        List<String> reasons = new ArrayList<>();
        for (String criterion : criteria) {
            Scored scored = score(criterion, s, grading);
            sum += scored.score();
            reasons.add(scored.reason());
        }
        double score = sum / criteria.size();
        boolean reached = score >= s.assertion().threshold(THRESHOLD);
        return new Outcome(reached != s.inverse(), s.inverse() ? 1 - score : score, String.join("\n\n", reasons));
    }

    private static Scored score(String criterion, Subject s, Grading grading) throws CheckException {
        ObjectNode vars = JSON.objectNode().put("criteria", criterion);
        String planned =
                grading.askText(grading.prompt(grading.rubricPrompt().path("steps"), "g-eval-steps", vars), vars);
        JsonNode steps = object(planned, "steps", grading).path("steps");
        List<String> texts = new ArrayList<>();
        steps.forEach(step -> texts.add(step.isTextual() ? step.textValue() : ""));
        if (!steps.isArray() || texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
            throw grading.nonsense("no list of steps", planned);
        }
        vars.put("steps", String.join("\n- ", texts));
        vars.put("maxScore", String.valueOf(MOST));
        vars.set("input", Grading.parsed(grading.test().prompt()));
        vars.set("output", Grading.parsed(s.text()));
        String answer =
                grading.askText(grading.prompt(grading.rubricPrompt().path("evaluate"), "g-eval-evaluate", vars), vars);
        JsonNode result = object(answer, "score", grading);
        double score = Grading.number(result.path("score"));
        if (!Double.isFinite(score) || score < 0 || score > MOST) {
            throw grading.nonsense("no score from 0 to " + MOST, answer);
        }
        if (!result.path("reason").isTextual()
                || result.path("reason").textValue().isBlank()) {
            throw grading.nonsense("no reason", answer);
        }
        return new Scored(score / MOST, result.path("reason").textValue());
    }

    /** The first object with a key. */
    private static JsonNode object(String answer, String key, Grading grading) throws CheckException {
        for (JsonNode object : JsonObjects.in(answer)) {
            if (object.has(key)) {
                return object;
            }
        }
        throw grading.nonsense("no JSON object that contains " + key, answer);
    }
}
