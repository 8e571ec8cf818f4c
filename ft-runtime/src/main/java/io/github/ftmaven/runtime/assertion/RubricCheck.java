package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;

/** {@code llm-rubric}: a judge answers {@code {reason, pass, score}}; with a threshold the score must reach it too. */
final class RubricCheck {
    private static final Set<String> YES = Set.of("true", "yes", "pass", "y");
    private static final Set<String> NO = Set.of("false", "no", "fail", "n");

    private RubricCheck() {}

    static Outcome check(Subject s, Grading grading) throws CheckException {
        CheckException.require(
                s.value().isTextual()
                        || s.value().isContainerNode()
                        || s.value().isMissingNode()
                        || s.value().isNull(),
                "\"llm-rubric\" assertion type must have a string or object value");
        ObjectNode vars = grading.vars();
        vars.set("output", Grading.parsed(s.text()));
        vars.set("rubric", Js.truthy(s.value()) ? s.value() : TextNode.valueOf(""));
        JsonNode answer = grading.ask(grading.prompt("llm-rubric", vars), vars);
        ObjectNode verdict = grading.object(answer);
        if (!verdict.has("pass") && !verdict.has("score")) {
            throw grading.nonsense("neither pass nor score", Js.stringify(verdict));
        }
        boolean pass = pass(verdict, grading);
        double score = score(verdict, pass, grading);
        Double threshold = s.assertion().threshold();
        if (threshold != null) {
            pass &= score >= threshold;
        }
        String reason = Js.truthy(verdict.path("reason"))
                ? Js.text(verdict.path("reason"))
                : pass
                        ? "Grading passed"
                        : "Score " + Js.number(score) + " below threshold "
                                + (threshold == null ? "undefined" : Js.number(threshold));
        return new Outcome(pass != s.inverse(), s.inverse() ? Math.min(1, Math.max(0, 1 - score)) : score, reason);
    }

    private static boolean pass(ObjectNode verdict, Grading grading) throws CheckException {
        JsonNode pass = verdict.path("pass");
        if (pass.isMissingNode() || pass.isNull()) {
            return true;
        }
        String text = Js.text(pass).toLowerCase(Locale.ROOT);
        if (!YES.contains(text) && !NO.contains(text)) {
            throw grading.nonsense("a pass that is neither true nor false", Js.stringify(verdict));
        }
        return YES.contains(text);
    }

    private static double score(ObjectNode verdict, boolean pass, Grading grading) throws CheckException {
        JsonNode score = verdict.path("score");
        if (score.isMissingNode()) {
            return pass ? 1 : 0;
        }
        double number = score.isBoolean() ? (score.booleanValue() ? 1 : 0) : Grading.number(score);
        if (!Double.isFinite(number)) {
            throw grading.nonsense("a score that is not a number", verdict.toString());
        }
        return number;
    }
}
