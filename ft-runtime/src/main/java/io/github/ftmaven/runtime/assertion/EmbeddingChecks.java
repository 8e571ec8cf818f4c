package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code similar} by cosine, dot product or Euclidean distance of embeddings, and {@code answer-relevance}: the
 * similarity of the question to questions that a judge would ask for the answer (RAGAS).
 */
final class EmbeddingChecks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double SIMILAR = 0.75;
    private static final double RELEVANT = 0.5;
    private static final int QUESTIONS = 3;

    /** JavaScript's {@code Number.EPSILON}, the tolerance of a threshold. */
    static final double EPSILON = Math.ulp(1.0);

    private EmbeddingChecks() {}

    static Outcome similar(Subject s, Grading grading) throws CheckException {
        CheckException.require(
                s.value().isTextual() || s.value().isArray(),
                "Similarity assertion type must have a string or array of strings value");
        CheckException.require(
                s.value().isTextual() || !s.value().isEmpty(),
                "Similarity assertion must have at least one value to compare against");
        List<Double> output = null;
        List<Outcome> outcomes = new ArrayList<>();
        for (JsonNode value : s.value().isTextual() ? List.of(s.value()) : s.value()) {
            CheckException.require(
                    value.isTextual(), "Similarity assertion type must have a string or array of strings value");
            List<Double> expected = grading.embed(value.textValue());
            output = output == null ? grading.embed(s.text()) : output;
            Outcome outcome = compare(s, expected, output);
            // One sufficiently similar value is enough; for the negated type, one too similar value fails the check.
            if (s.value().isTextual() || outcome.pass() != s.inverse()) {
                return outcome;
            }
            outcomes.add(outcome);
        }
        Outcome extreme = outcomes.get(0);
        for (Outcome outcome : outcomes) {
            boolean further = s.inverse() ? outcome.score() < extreme.score() : outcome.score() > extreme.score();
            extreme = further ? outcome : extreme;
        }
        return s.inverse()
                ? extreme
                : new Outcome(false, extreme.score(), "None of the provided values met the similarity threshold");
    }

    private static Outcome compare(Subject s, List<Double> expected, List<Double> output) throws CheckException {
        if (expected.size() != output.size()) {
            throw new CheckException("Vectors must be of equal length");
        }
        double threshold = s.assertion().threshold(SIMILAR);
        String type = s.assertion().baseType();
        if (type.equals("similar:euclidean")) {
            return distance(s.inverse(), euclidean(expected, output), threshold);
        }
        double similarity = type.equals("similar:dot") ? dot(expected, output) : cosine(expected, output);
        boolean pass = s.inverse() ? similarity <= threshold + EPSILON : similarity >= threshold - EPSILON;
        return new Outcome(
                pass,
                s.inverse() ? 1 - similarity : similarity,
                "Similarity " + Js.fixed(similarity, 2)
                        + (pass != s.inverse() ? " is greater than or equal to" : " is less than") + " threshold "
                        + Js.number(threshold));
    }

    private static Outcome distance(boolean inverse, double distance, double threshold) {
        boolean pass = inverse ? distance >= threshold - EPSILON : distance <= threshold + EPSILON;
        double score = 1 / (1 + distance);
        return new Outcome(
                pass,
                inverse ? 1 - score : score,
                "Distance " + Js.fixed(distance, 2)
                        + (pass != inverse ? " is less than or equal to" : " is greater than") + " threshold "
                        + Js.number(threshold));
    }

    static Outcome answerRelevance(Subject s, Grading grading) throws CheckException {
        CheckException.require(s.output().isTextual(), "answer-relevance assertion type must evaluate a string output");
        JsonNode query = grading.test().vars().path("query");
        ObjectNode vars = JSON.objectNode();
        vars.set("answer", Grading.parsed(s.text()));
        String prompt = grading.prompt("answer-relevance", vars);
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(grading.askText(prompt, vars));
        }
        List<Double> asked = grading.embed(
                query.isTextual() ? query.textValue() : grading.test().prompt());
        double sum = 0;
        for (String question : questions) {
            List<Double> vector = grading.embed(question);
            if (vector.size() != asked.size()) {
                throw new CheckException("Vectors must be of equal length");
            }
            sum += cosine(asked, vector);
        }
        double score = sum / QUESTIONS;
        double threshold = s.assertion().threshold(RELEVANT);
        boolean reached = score >= threshold - EPSILON;
        return new Outcome(
                reached != s.inverse(),
                s.inverse() ? 1 - score : score,
                "Relevance " + Js.fixed(score, 2) + " is " + (reached ? "greater" : "less") + " than threshold "
                        + Js.number(threshold));
    }

    private static double cosine(List<Double> a, List<Double> b) {
        double lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
        return lengths == 0 ? 0 : dot(a, b) / lengths;
    }

    private static double dot(List<Double> a, List<Double> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    private static double euclidean(List<Double> a, List<Double> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            double difference = a.get(i) - b.get(i);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
