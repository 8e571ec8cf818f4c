package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks of retrieval (RAGAS): {@code context-faithfulness}, the share of an answer's statements that the context
 * supports; {@code context-recall}, the share of the expected answer's sentences that it contains; {@code
 * context-relevance}, the share of the context that the question needs. The context is the variable, or the result of
 * {@code contextTransform} on the provider's output.
 */
final class ContextChecks {
    private static final double THRESHOLD = 0.5;
    private static final String ATTRIBUTED = "[attributed]";
    private static final String NOT_ATTRIBUTED = "[not attributed]";
    private static final String NOTHING = "Insufficient Information";
    private static final String VERDICTS = "final verdict for each statement in order:";
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])" + Js.SPACE + "+");
    private static final Pattern MARKER = Pattern.compile("^\\s*(?:\\d+[.)]|[-*])\\s*");

    private ContextChecks() {}

    static Outcome faithfulness(Subject s, Grading grading) throws CheckException {
        String query = query(grading, "context-faithfulness");
        CheckException.require(
                s.output().isTextual(), "context-faithfulness assertion requires string output from the provider");
        String context = joined(pieces(declared(s, grading), ""));
        JsonNode prompts = grading.rubricPrompt();
        CheckException.require(!Js.truthy(prompts) || prompts.isArray(), "rubricPrompt must be an array");
        ObjectNode vars = grading.vars();
        vars.put("question", query);
        vars.set("answer", Grading.parsed(s.text()));
        List<String> statements = lines(grading.askText(
                grading.prompt(content(prompts.path(0)), "context-faithfulness-statements", vars), vars));
        ObjectNode judged = grading.vars();
        judged.put("context", context);
        ArrayNode list = judged.putArray("statements");
        statements.forEach(list::add);
        String answer = grading.askText(
                grading.prompt(content(prompts.path(1)), "context-faithfulness-verdicts", judged), judged);
        double score = Math.min(1, Math.max(0, faithful(answer, statements.size(), grading)));
        return outcome(s, "Faithfulness", score);
    }

    /** One of two prompts: a text, or a message. */
    private static JsonNode content(JsonNode prompt) {
        return prompt.isObject() ? prompt.path("content") : prompt;
    }

    /** The share of supported statements; a statement without a verdict is unsupported. */
    private static double faithful(String answer, int statements, Grading grading) throws CheckException {
        String verdicts = Js.trim(answer.toLowerCase(Locale.ROOT));
        int start = verdicts.indexOf(VERDICTS);
        int yes;
        int no;
        if (start >= 0) {
            List<String> each = Arrays.stream(
                            verdicts.substring(start + VERDICTS.length()).split("\\.", -1))
                    .filter(verdict -> !Js.trim(verdict).isEmpty())
                    .toList();
            yes = (int) each.stream().filter(verdict -> verdict.contains("yes")).count();
            no = each.size() - yes;
            if (each.isEmpty() || !each.stream().allMatch(verdict -> verdict.matches("(?s).*\\b(?:yes|no)\\b.*"))) {
                throw grading.nonsense("no verdicts", answer);
            }
        } else {
            yes = verdicts.split("verdict: yes", -1).length - 1;
            no = verdicts.split("verdict: no", -1).length - 1;
            if (yes + no == 0) {
                throw grading.nonsense("no verdicts", answer);
            }
        }
        return 1 - (double) (no + Math.max(0, statements - yes - no)) / statements;
    }

    static Outcome recall(Subject s, Grading grading) throws CheckException {
        CheckException.require(
                s.value().isTextual(),
                "context-recall assertion requires a string value (expected answer or fact to verify)");
        ObjectNode vars = grading.vars();
        vars.put("context", joined(pieces(declared(s, grading), grading.test().prompt())));
        vars.put("groundTruth", s.value().textValue());
        String answer = grading.askText(grading.prompt("context-recall", vars), vars);
        int all = 0;
        int attributed = 0;
        for (String line : lines(answer)) {
            String lower = line.toLowerCase(Locale.ROOT);
            boolean not = lower.contains(NOT_ATTRIBUTED);
            all += not || lower.contains(ATTRIBUTED) ? 1 : 0;
            attributed += !not && lower.contains(ATTRIBUTED) ? 1 : 0;
        }
        if (all == 0) {
            throw grading.nonsense("neither [Attributed] nor [Not Attributed]", answer);
        }
        return outcome(s, "Recall", (double) attributed / all);
    }

    static Outcome relevance(Subject s, Grading grading) throws CheckException {
        String query = query(grading, "context-relevance");
        JsonNode declared = declared(s, grading);
        List<String> context = pieces(declared, "");
        ObjectNode vars = grading.test().vars().objectNode();
        vars.put("context", joined(context));
        vars.put("query", query);
        String answer = grading.askText(grading.prompt("context-relevance", vars), vars);
        boolean segmented = declared.isArray() || lines(context.get(0)).size() > 1;
        List<String> units = declared.isArray()
                ? context.stream().filter(unit -> !Js.trim(unit).isEmpty()).toList()
                : sentences(context.get(0));
        Set<String> relevant = new LinkedHashSet<>();
        if (!answer.contains(NOTHING)) {
            relevant.addAll(segmented ? lines(answer) : sentences(answer));
            String whole = folded(joined(context));
            if (relevant.stream()
                    .noneMatch(
                            each -> whole.contains(folded(MARKER.matcher(each).replaceFirst(""))))) {
                throw grading.nonsense("no sentence of the context", answer);
            }
        }
        return outcome(
                s,
                "Context relevance",
                units.isEmpty() ? 0 : (double) Math.min(relevant.size(), units.size()) / units.size());
    }

    private static Outcome outcome(Subject s, String name, double score) {
        double threshold = s.assertion().threshold(THRESHOLD);
        boolean reached = score >= threshold - EmbeddingChecks.EPSILON;
        return new Outcome(
                reached != s.inverse(),
                s.inverse() ? 1 - score : score,
                name + " " + Js.fixed(score, 2) + " is " + (reached ? ">= " : "< ") + Js.number(threshold));
    }

    private static String query(Grading grading, String type) throws CheckException {
        JsonNode query = grading.test().vars().path("query");
        CheckException.require(
                query.isTextual(), type + " assertion requires a \"query\" variable with the user question");
        return query.textValue();
    }

    /** The parts of the context; not empty. */
    private static List<String> pieces(JsonNode declared, String fallback) throws CheckException {
        List<String> pieces = new ArrayList<>();
        if (declared.isArray()) {
            for (JsonNode piece : declared) {
                CheckException.require(piece.isTextual(), "Invalid context: expected an array of strings");
                pieces.add(piece.textValue());
            }
        } else {
            pieces.add(declared.isTextual() && !declared.textValue().isEmpty() ? declared.textValue() : fallback);
        }
        CheckException.require(
                !pieces.isEmpty() && pieces.stream().noneMatch(String::isEmpty),
                "Context is required for context-based assertions. Provide either a \"context\" variable (string or"
                        + " array of strings) in your test case or use \"contextTransform\" to extract context from the"
                        + " provider response.");
        return pieces;
    }

    private static JsonNode declared(Subject s, Grading grading) throws CheckException {
        JsonNode code = s.assertion().json().path("contextTransform");
        if (!code.isTextual()) {
            return grading.test().vars().path("context");
        }
        JsonNode context;
        try {
            context = grading.transformed(code.textValue());
        } catch (CheckException e) {
            throw new CheckException(
                    "Failed to transform context using expression '" + code.textValue() + "': " + e.getMessage());
        }
        CheckException.require(
                context.isTextual() || context.isArray(),
                "contextTransform must return a string or array of strings. Check your transform expression: "
                        + code.textValue());
        return context;
    }

    private static String joined(List<String> pieces) {
        return String.join("\n\n", pieces);
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !Js.trim(line).isEmpty())
                .toList();
    }

    /** The lines if there are several, otherwise the sentences; numbers by themselves do not count. */
    private static List<String> sentences(String text) {
        List<String> lines = lines(text);
        List<String> pieces = lines.size() > 1 ? lines : List.of(SENTENCE.split(text, -1));
        return pieces.stream()
                .map(Js::trim)
                .filter(piece -> !piece.isEmpty() && !piece.matches("\\d+[.)]"))
                .toList();
    }

    private static String folded(String text) {
        return Js.trim(text.toLowerCase(Locale.ROOT).replaceAll(Js.SPACE + "+", " "));
    }
}
