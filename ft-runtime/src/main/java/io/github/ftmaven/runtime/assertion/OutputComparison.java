package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Assertions that compare the answers to one test. With {@code select-best}, a judge chooses the best answer; with
 * {@code max-score}, the answer whose other assertions score highest is the best. The best passes, the others fail.
 */
public final class OutputComparison {
    /** The types of such assertions. */
    public static final Set<String> TYPES = Set.of("select-best", "max-score");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private OutputComparison() {}

    /** The judge's choice. */
    static List<Outcome> selectBest(Assertion assertion, List<JsonNode> outputs, Grading grading)
            throws CheckException {
        CheckException.require(assertion.value().isTextual(), "select-best must have a string value");
        String criteria = assertion.value().textValue();
        ObjectNode vars = grading.vars();
        vars.put("criteria", criteria);
        ArrayNode list = vars.putArray("outputs");
        outputs.forEach(output -> list.add(output.isTextual() ? Grading.parsed(output.textValue()) : output));
        String answer = grading.askText(grading.prompt("select-best", vars), vars);
        Matcher matcher = NUMBER.matcher(answer);
        int best = matcher.find() && matcher.group().length() < 10 ? Integer.parseInt(matcher.group()) : -1;
        if (best < 0 || best >= outputs.size()) {
            throw grading.nonsense("no answer number from 0 to " + (outputs.size() - 1), answer);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            outcomes.add(new Outcome(
                    i == best,
                    i == best ? 1 : 0,
                    (i == best ? "Output selected as the best: " : "Output not selected: ") + criteria));
        }
        return outcomes;
    }

    /** The highest score; the first of equal ones. */
    static List<Outcome> maxScore(Assertion assertion, List<Graded> graded) throws CheckException {
        JsonNode value = assertion.value();
        List<Map<String, Double>> sums = new ArrayList<>();
        int best = 0;
        for (Graded each : graded) {
            sums.add(sum(value, each));
            best = score(sums.get(sums.size() - 1)) > score(sums.get(best)) ? sums.size() - 1 : best;
        }
        double most = score(sums.get(best));
        JsonNode threshold = value.path("threshold");
        boolean reached = !threshold.isNumber() || most >= threshold.doubleValue();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            double score = score(sums.get(i));
            String shown = Js.fixed(score, 3);
            boolean chosen = i == best && reached;
            String reason = chosen
                    ? "Selected as highest scoring output (score: " + shown + ")"
                    : score == most && !reached
                            ? "Not selected - score " + shown + " below threshold " + Js.text(threshold)
                            : "Not selected (score: " + shown + ", max: " + Js.fixed(most, 3) + ")";
            outcomes.add(new Outcome(chosen, chosen ? 1 : 0, reason, sums.get(i)));
        }
        return outcomes;
    }

    private static double score(Map<String, Double> sum) {
        return sum.getOrDefault("maxScore", 0.0);
    }

    /** The combined score of the other assertions; the method has promptfoo's names. */
    private static Map<String, Double> sum(JsonNode value, Graded graded) throws CheckException {
        double sum = 0;
        double weights = 0;
        int count = 0;
        for (Graded component : graded.components()) {
            Assertion assertion = component.assertion();
            if (assertion != null && !assertion.type().equals(Assertion.SET) && !TYPES.contains(assertion.type())) {
                JsonNode declared = value.path("weights").path(assertion.type());
                double weight = declared.isNumber() ? declared.doubleValue() : 1;
                sum += component.score() * weight;
                weights += weight;
                count++;
            }
        }
        if (count == 0) {
            throw new CheckException("max-score requires at least one other assertion (besides max-score or"
                    + " select-best) to aggregate scores from");
        }
        boolean whole = value.path("method").asText().equals("sum");
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("maxScore", whole ? sum : weights > 0 ? sum / weights : 0);
        named.put("assertionCount", (double) count);
        named.put("totalWeight", weights);
        return named;
    }
}
