package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code model-graded-closedqa} checks whether an answer meets a criterion, {@code factuality} how it differs from the
 * expected one. Unlike promptfoo, their negated forms invert the result.
 */
final class AnswerChecks {
    private static final Pattern LETTER = Pattern.compile("\\(?([a-eA-E])\\)");

    /** The judge's category: the name of its score option, the default score, and the meaning. */
    private static final Map<String, Category> CATEGORIES = Map.of(
            "A", new Category("subset", 1, "says less than the expected answer, and nothing against it"),
            "B", new Category("superset", 1, "says more than the expected answer, and nothing against it"),
            "C", new Category("agree", 1, "says the same as the expected answer"),
            "D", new Category("disagree", 0, "contradicts the expected answer"),
            "E", new Category("differButFactual", 1, "differs in what does not matter"));

    private AnswerChecks() {}

    private record Category(String option, double score, String meaning) {}

    static Outcome closedQa(Subject s, Grading grading) throws CheckException {
        CheckException.require(s.value().isTextual(), "model-graded-closedqa assertion type must have a string value");
        ObjectNode vars = vars(s, grading, "criteria");
        String answer = grading.askText(grading.prompt("closedqa", vars), vars);
        boolean yes = answer.stripTrailing().endsWith("Y");
        if (!yes && !answer.stripTrailing().endsWith("N")) {
            throw grading.nonsense("neither Y nor N at the end", answer);
        }
        String reason = "The submission " + (yes ? "meets" : "does not meet") + " the criterion:\n" + answer;
        boolean pass = yes != s.inverse();
        return new Outcome(pass, pass ? 1 : 0, reason);
    }

    static Outcome factuality(Subject s, Grading grading) throws CheckException {
        CheckException.require(s.value().isTextual(), "factuality assertion type must have a string value");
        ObjectNode vars = vars(s, grading, "ideal");
        String answer = grading.askText(grading.prompt("factuality", vars), vars);
        List<ObjectNode> objects = JsonObjects.in(answer);
        JsonNode category =
                objects.isEmpty() ? MissingNode.getInstance() : objects.get(0).path("category");
        String letter;
        String reason;
        if (category.isTextual() && !category.textValue().isEmpty()) {
            letter = Js.trim(category.textValue()).toUpperCase(Locale.ROOT);
            reason = Js.trim(objects.get(0).path("reason").asText());
        } else {
            Matcher matcher = LETTER.matcher(answer);
            if (!matcher.find()) {
                throw grading.nonsense("none of the categories A to E", answer);
            }
            letter = matcher.group(1).toUpperCase(Locale.ROOT);
            reason = Js.trim(answer.substring(answer.indexOf(')') + 1));
        }
        Category meant = CATEGORIES.get(letter);
        if (meant == null) {
            throw grading.nonsense("none of the categories A to E", answer);
        }
        JsonNode own = grading.option("factuality").path(meant.option());
        double score = own.isNumber() ? own.doubleValue() : meant.score();
        return new Outcome(
                (score > 0) != s.inverse(),
                s.inverse() ? 1 - score : score,
                reason.isEmpty() ? "Category " + letter + ": the answer " + meant.meaning() : reason);
    }

    private static ObjectNode vars(Subject s, Grading grading, String expected) {
        ObjectNode vars = grading.vars();
        vars.put("input", grading.test().prompt());
        vars.put(expected, s.value().textValue());
        vars.set("completion", Grading.parsed(s.text()));
        return vars;
    }
}
