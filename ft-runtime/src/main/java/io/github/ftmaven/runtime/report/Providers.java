package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.Quantity;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The models of an evaluation as reports show them. */
final class Providers {
    private Providers() {}

    /** All models, the tuned one last. */
    static List<ProviderScores> tunedLast(Scores scores) {
        List<ProviderScores> providers = new ArrayList<>(scores.providers());
        providers.sort(Comparator.comparing(provider -> provider.provider().equals(ProviderScores.TUNED)));
        return providers;
    }

    /** The base model, when the tuned one can be compared with it. */
    static Optional<ProviderScores> comparedBase(Scores scores) {
        return scores.provider(ProviderScores.TUNED).flatMap(tuned -> scores.provider(ProviderScores.BASE));
    }

    /** What the tuned model gains over the best baseline; empty unless both were measured. */
    private static Optional<BigDecimal> gain(Scores scores, String metric) {
        Optional<Double> tuned = metric(scores, ProviderScores.TUNED, metric);
        Optional<Double> best = scores.providers().stream()
                .filter(provider -> !provider.provider().equals(ProviderScores.TUNED))
                .flatMap(provider -> Optional.ofNullable(provider.metrics().get(metric)).stream())
                .max(Comparator.naturalOrder());
        return tuned.flatMap(t -> best.map(b -> Quantity.gain(t, b)));
    }

    /** That gain with its sign, rounded down; a dash when there is none. */
    static String printGain(Scores scores, String metric) {
        return gain(scores, metric).map(gain -> signed(Quantity.print(gain))).orElse("–");
    }

    /** A gain with its sign. */
    static String signed(String number) {
        return number.startsWith("-") ? number : "+" + number;
    }

    private static Optional<Double> metric(Scores scores, String provider, String metric) {
        return scores.provider(provider)
                .flatMap(p -> Optional.ofNullable(p.metrics().get(metric)));
    }
}
