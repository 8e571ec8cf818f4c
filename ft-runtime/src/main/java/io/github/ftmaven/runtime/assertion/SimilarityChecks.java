package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Checks of the similarity of two texts. */
final class SimilarityChecks {
    private static final double ROUGE_THRESHOLD = 0.75;
    private static final double BLEU_THRESHOLD = 0.5;
    private static final double LEVENSHTEIN_THRESHOLD = 5;

    private SimilarityChecks() {}

    static Outcome rouge(Subject s) throws CheckException {
        CheckException.require(s.value().isTextual(), "\"rouge\" assertion type must be a string value");
        double score = Rouge.score(s.text(), s.value().textValue());
        double threshold = s.assertion().threshold(ROUGE_THRESHOLD);
        boolean reached = score >= threshold;
        return new Outcome(
                reached != s.inverse(),
                s.inverse() ? 1 - score : score,
                "ROUGE-N score " + Js.fixed(score, 2) + " is " + (reached ? "greater than or equal to" : "less than")
                        + " threshold " + Js.number(threshold));
    }

    static Outcome bleu(Subject s) throws CheckException {
        List<String> references = texts(s, "\"bleu\" assertion type must have a string or array of strings value");
        return atLeast(s, "BLEU", Bleu.score(s.text(), references), "greater");
    }

    static Outcome gleu(Subject s) throws CheckException {
        List<String> references = texts(s, "\"gleu\" assertion must have a string or array of strings value");
        return atLeast(s, "GLEU", Gleu.score(s.text(), references), "greater than or equal to");
    }

    /** Requires a score to reach a threshold; {@code above} is the wording for a score that does. */
    private static Outcome atLeast(Subject s, String name, double score, String above) {
        double threshold = s.assertion().threshold(BLEU_THRESHOLD);
        boolean pass = (score >= threshold) != s.inverse();
        String where = s.inverse() ? above : "less";
        return new Outcome(
                pass,
                s.inverse() ? 1 - score : score,
                pass
                        ? Outcome.PASSED
                        : name + " score " + Js.fixed(score, 4) + " is " + where + (where.endsWith("to") ? "" : " than")
                                + " threshold " + Js.number(threshold));
    }

    static Outcome levenshtein(Subject s) throws CheckException {
        CheckException.require(s.value().isTextual(), "\"levenshtein\" assertion type must have a string value");
        int distance = Levenshtein.distance(s.text(), s.value().textValue());
        double threshold = s.assertion().threshold(LEVENSHTEIN_THRESHOLD);
        return Outcome.of(
                (distance <= threshold) != s.inverse(),
                "Levenshtein distance " + distance + " is "
                        + (s.inverse() ? "less than or equal to" : "greater than") + " threshold "
                        + Js.number(threshold));
    }

    private static List<String> texts(Subject s, String problem) throws CheckException {
        List<String> texts = new ArrayList<>();
        if (s.value().isTextual()) {
            texts.add(s.value().textValue());
            return texts;
        }
        CheckException.require(s.value().isArray(), problem);
        for (JsonNode text : s.value()) {
            CheckException.require(text.isTextual(), problem);
            texts.add(text.textValue());
        }
        CheckException.require(!texts.isEmpty(), "Invalid inputs");
        return texts;
    }
}
