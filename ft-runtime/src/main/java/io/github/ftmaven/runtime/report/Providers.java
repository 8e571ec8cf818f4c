package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.Quantity;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The models of an evaluation, for display in reports. */
final class Providers {
    private Providers() {}

    /** The names of all models, the tuned one last. */
    static List<String> tunedLast(Scores scores) {
        List<String> providers = new ArrayList<>(scores.providers());
        providers.sort(Comparator.comparing(ProviderScores.TUNED::equals));
        return providers;
    }

    /** The metrics that are shown: those of the last model. */
    static Set<String> metrics(Scores scores) {
        List<String> providers = tunedLast(scores);
        return scores.metrics(providers.get(providers.size() - 1)).keySet();
    }

    /** The base model, if the tuned model can be compared with it. */
    static Optional<ProviderScores> comparedBase(Scores scores) {
        return scores.test()
                .provider(ProviderScores.TUNED)
                .flatMap(tuned -> scores.test().provider(ProviderScores.BASE));
    }

    /** What the tuned model gains over the best baseline; empty unless both were measured. */
    private static Optional<BigDecimal> gain(Scores scores, String metric) {
        Optional<Double> tuned = metric(scores, ProviderScores.TUNED, metric);
        boolean lower = Metrics.lowerIsBetter(metric);
        Optional<Double> best = scores.providers().stream()
                .filter(provider -> !provider.equals(ProviderScores.TUNED) && !provider.equals(ProviderScores.RELEASED))
                .flatMap(provider -> metric(scores, provider, metric).stream())
                .max(lower ? Comparator.reverseOrder() : Comparator.naturalOrder());
        return tuned.flatMap(t -> best.map(b -> lower ? Quantity.gain(b, t) : Quantity.gain(t, b)));
    }

    /** The gain with its sign, rounded down; a dash if there is none. */
    static String printGain(Scores scores, String metric) {
        return gain(scores, metric).map(gain -> signed(Quantity.print(gain))).orElse("–");
    }

    /** A gain with its sign. */
    static String signed(String number) {
        return number.startsWith("-") ? number : "+" + number;
    }

    private static Optional<Double> metric(Scores scores, String provider, String metric) {
        return Optional.ofNullable(scores.metrics(provider).get(metric));
    }
}
