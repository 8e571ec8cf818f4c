package io.github.ftmaven.runtime.assertion;

import java.util.List;

/** Checks of an answer's metadata. */
final class ResponseChecks {
    private ResponseChecks() {}

    static Outcome latency(Subject s) throws CheckException {
        Double threshold = s.assertion().threshold();
        if (threshold == null) {
            throw new CheckException("Latency assertion must have a threshold in milliseconds");
        }
        long latency = s.response().latencyMs();
        return Outcome.of(
                (latency <= threshold) != s.inverse(),
                "Latency " + latency + "ms is " + (s.inverse() ? "less than or equal to" : "greater than")
                        + " threshold " + Js.number(threshold) + "ms");
    }

    static Outcome cost(Subject s) throws CheckException {
        Double threshold = s.assertion().threshold();
        if (threshold == null) {
            throw new CheckException("Cost assertion must have a threshold");
        }
        Double cost = s.response().cost();
        if (cost == null) {
            throw new CheckException("Cost assertion does not support providers that do not return cost");
        }
        return Outcome.of(
                (cost <= threshold) != s.inverse(),
                "Cost " + Js.precise(cost, 2) + " is "
                        + (s.inverse() ? "less than or equal to" : "greater than") + " threshold "
                        + Js.number(threshold));
    }

    static Outcome finishReason(Subject s) throws CheckException {
        CheckException.require(s.value().isTextual(), "\"finish-reason\" assertion type must have a string value");
        String reason = s.response().finishReason();
        if (reason == null || reason.isEmpty()) {
            return Outcome.of(s.inverse(), "Provider did not supply stop/finish reason");
        }
        String wanted = s.value().textValue();
        return Outcome.of(
                wanted.equalsIgnoreCase(reason) != s.inverse(),
                "Expected finish reason " + s.not() + '"' + wanted + "\" but got \"" + reason + '"');
    }

    /** exp of the mean negative log probability of the answer's tokens. */
    static Outcome perplexity(Subject s) throws CheckException {
        double perplexity = Math.exp(-meanLogProb(s, "Perplexity"));
        Double threshold = s.assertion().threshold();
        boolean pass = threshold == null || (perplexity <= threshold) != s.inverse();
        return Outcome.of(
                pass,
                "Perplexity " + Js.fixed(perplexity, 2) + " is "
                        + (s.inverse() ? "less than or equal to" : "greater than") + " threshold "
                        + (threshold == null ? "undefined" : Js.number(threshold)));
    }

    /** 1 / (1 + perplexity). */
    static Outcome perplexityScore(Subject s) throws CheckException {
        double score = 1 / (1 + Math.exp(-meanLogProb(s, "perplexity-score")));
        Double threshold = s.assertion().threshold();
        boolean pass = threshold == null || (score >= threshold) != s.inverse();
        return new Outcome(
                pass,
                s.inverse() ? 1 - score : score,
                pass
                        ? Outcome.PASSED
                        : "Perplexity score " + Js.fixed(score, 2) + " is "
                                + (s.inverse() ? "greater than or equal to" : "less than") + " threshold "
                                + (threshold == null ? "undefined" : Js.number(threshold)));
    }

    private static double meanLogProb(Subject s, String name) throws CheckException {
        List<Double> logProbs = s.response().logProbs();
        if (logProbs == null || logProbs.isEmpty()) {
            throw new CheckException(name + " assertion does not support providers that do not return logProbs");
        }
        return logProbs.stream().mapToDouble(p -> p).average().orElseThrow();
    }
}
