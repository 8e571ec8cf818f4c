package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds assertions that, probably by mistake, no answer can fail or none can pass. promptfoo reports only a few of
 * these, and only during the run.
 */
public final class AssertionMistakes {
    private static final Set<String> TEXT_TYPES = Set.of("contains", "icontains", "starts-with", "regex");
    private static final Set<String> LIST_TYPES =
            Set.of("contains-any", "contains-all", "icontains-any", "icontains-all");

    /** Types that compare with a text, or need an instruction, and cannot work with an empty one. */
    private static final Set<String> NEEDS_TEXT = Set.of(
            "javascript",
            "finish-reason",
            "rouge-n",
            "bleu",
            "gleu",
            "model-graded-closedqa",
            "model-graded-factuality",
            "factuality",
            "g-eval",
            "similar",
            "similar:cosine",
            "similar:dot",
            "similar:euclidean",
            "context-recall",
            "webhook",
            "tool-call-f1",
            "select-best");

    /** Types whose value is optional, but must not be empty. */
    private static final Set<String> MAY_HAVE_TEXT =
            Set.of("is-json", "contains-json", "is-xml", "contains-xml", "llm-rubric");

    /** Types whose score is between 0 and 1 and alone decides. */
    private static final Set<String> SHARES = Set.of(
            "rouge-n",
            "bleu",
            "gleu",
            "perplexity-score",
            "tool-call-f1",
            "g-eval",
            "answer-relevance",
            "context-faithfulness",
            "context-recall",
            "context-relevance",
            "conversation-relevance");

    private final Assertion assertion;
    private final List<Problem> problems = new ArrayList<>();

    private AssertionMistakes(Assertion assertion) {
        this.assertion = assertion;
    }

    /**
     * A mistake.
     *
     * @param key the key of the declaration; {@code type} for a missing one
     */
    public record Problem(String key, String text) {}

    /** The mistakes of one assertion; assertions in a set are declarations of their own. */
    public static List<Problem> problems(Assertion assertion) {
        AssertionMistakes declaration = new AssertionMistakes(assertion);
        declaration.check();
        return declaration.problems;
    }

    /** Whether no answer can fail the assertions, because none of them counts. */
    public static boolean countNothing(List<Assertion> assertions) {
        return !assertions.isEmpty() && assertions.stream().allMatch(AssertionMistakes::countsNothing);
    }

    private static boolean countsNothing(Assertion assertion) {
        return assertion.type().equals(Assertion.SET)
                ? countNothing(assertion.children())
                : assertion.weight() == 0 && !OutputComparison.TYPES.contains(assertion.type());
    }

    /** Why a threshold of several assertions is pointless. */
    public static Optional<String> thresholdProblem(JsonNode threshold) {
        double value = threshold.doubleValue();
        return threshold.isNumber() && value <= 0
                ? Optional.of("a threshold of " + Js.number(value)
                        + " lets every answer pass, whatever the assertions find. Remove it, or raise it.")
                : Optional.empty();
    }

    private void problem(String key, String text) {
        problems.add(new Problem(assertion.json().has(key) ? key : "type", text));
    }

    private void check() {
        JsonNode weight = assertion.json().path("weight");
        if (weight.isNumber() && weight.doubleValue() < 0) {
            problem("weight", "weight must be a number of 0 or more, not " + Js.text(weight) + ".");
        }
        if (assertion.type().equals(Assertion.SET)) {
            set();
            return;
        }
        String type = assertion.baseType();
        JsonNode value = assertion.value();
        if (LIST_TYPES.contains(type)) {
            list();
        } else if (type.equals("word-count")) {
            wordCount();
        } else if (TEXT_TYPES.contains(type) && isEmpty(value)) {
            problem("value", assertion.type() + " needs a value that is not empty.");
        } else if ((NEEDS_TEXT.contains(type) || type.equals("equals")) && value.isMissingNode()) {
            problem("value", assertion.type() + " needs a value.");
        } else if ((NEEDS_TEXT.contains(type) || MAY_HAVE_TEXT.contains(type)) && isEmpty(value)) {
            if (!value.isMissingNode() && !value.isObject()) {
                problem("value", assertion.type() + " has an empty value, which checks nothing.");
            }
        }
        threshold(type);
    }

    private void set() {
        if (assertion.json().path("assert").isArray()
                && assertion.json().path("assert").isEmpty()) {
            problem("assert", "an assert-set without assertions lets every answer pass. Add some, or remove it.");
        }
        thresholdProblem(assertion.json().path("threshold")).ifPresent(text -> problem("threshold", text));
    }

    /** Whether a value is empty: an empty text or list, or a list of empty texts. */
    private static boolean isEmpty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isEmpty())
                || (value.isArray() && value.isEmpty());
    }

    private static boolean isRendered(JsonNode value) {
        return value.isTextual()
                && (value.textValue().startsWith("file://")
                        || value.textValue().contains("{{")
                        || value.textValue().contains("{%"));
    }

    private void list() {
        JsonNode value = assertion.value();
        if (isRendered(value)) {
            return;
        }
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            try {
                texts.addAll(CommaSeparated.parse(value.textValue()));
            } catch (CheckException e) {
                problem("value", assertion.type() + ": " + CheckException.plain(e) + ".");
                return;
            }
        } else if (value.isArray()) {
            value.forEach(each -> texts.add(Js.text(each)));
        } else {
            problem("value", assertion.type() + " needs a list of texts.");
            return;
        }
        if (texts.isEmpty()) {
            boolean all = assertion.baseType().endsWith("-all");
            problem(
                    "value",
                    assertion.type() + " has no text to look for, so " + (all == assertion.inverse() ? "no" : "every")
                            + " answer passes.");
        } else if (texts.contains("")) {
            problem("value", assertion.type() + " looks for an empty text, which every answer contains.");
        }
    }

    private void wordCount() {
        JsonNode value = assertion.value();
        if (isRendered(value)) {
            return;
        }
        if (!value.isObject()) {
            double number =
                    value.isNumber() || (value.isTextual() && !isEmpty(value)) ? Js.toNumber(value) : Double.NaN;
            if (!isCount(number)) {
                problem("value", "word-count needs a whole number, or a mapping with min or max.");
            }
            return;
        }
        JsonNode min = value.path("min");
        JsonNode max = value.path("max");
        for (JsonNode bound : List.of(min, max)) {
            if (!bound.isMissingNode() && !(bound.isNumber() && isCount(bound.doubleValue()))) {
                problem("value", "min and max of word-count must be whole numbers, not " + Js.stringify(bound) + ".");
                return;
            }
        }
        if (max.isMissingNode() && min.asDouble() == 0) {
            problem("value", "word-count without max, and with a min of 0 or none, lets every answer pass.");
        } else if (!max.isMissingNode() && min.asDouble() > max.asDouble()) {
            problem("value", "word-count has a min greater than its max.");
        }
    }

    private static boolean isCount(double number) {
        return number >= 0 && number == Math.rint(number) && Double.isFinite(number);
    }

    private void threshold(String type) {
        JsonNode threshold = assertion.json().path("threshold");
        if (threshold.isMissingNode() || threshold.isNull()) {
            if (Set.of("latency", "cost", "perplexity", "perplexity-score").contains(type)) {
                problem("threshold", assertion.type() + " needs a threshold.");
            }
            return;
        }
        if (!threshold.isNumber()) {
            return;
        }
        double number = threshold.doubleValue();
        if (SHARES.contains(type) && (assertion.inverse() ? number > 1 : number <= 0)) {
            problem(
                    "threshold",
                    "a threshold of " + Js.number(number) + " lets every answer pass: the score of " + type
                            + " is between 0 and 1.");
        }
    }

    /** Why a value from a template is pointless. */
    static Optional<String> renderedProblem(Assertion assertion, JsonNode rendered) {
        String type = assertion.baseType();
        JsonNode declared = assertion.value();
        if (TEXT_TYPES.contains(type) || type.equals("word-count") || LIST_TYPES.contains(type)) {
            if (declared.isTextual() && isBlank(declared, rendered)) {
                return Optional.of(assertion.type() + ": " + declared.textValue() + " is empty in this row");
            }
        }
        if (LIST_TYPES.contains(type) && declared.isArray()) {
            for (int i = 0; i < declared.size(); i++) {
                if (isBlank(declared.get(i), rendered.path(i))) {
                    return Optional.of(assertion.type() + ": " + declared.get(i).asText() + " is empty in this row");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBlank(JsonNode declared, JsonNode rendered) {
        return declared.isTextual()
                && !declared.textValue().isEmpty()
                && rendered.isTextual()
                && rendered.textValue().isEmpty();
    }
}
