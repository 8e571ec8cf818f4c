package io.github.ftmaven.runtime.lmeval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates the scores of documents into one value with its standard error. */
enum Aggregation {
    MEAN(""),
    F1("gold predicted"),
    MATTHEWS_CORRCOEF("gold predicted"),
    /** Scores of a document: the squared distance of the choices' probabilities from the truth. */
    BRIER_SCORE(""),
    /** sacreBLEU's, of the corpus, from 0 to 100. */
    BLEU(SacreBleu.STATISTICS),
    /** sacreBLEU's chrF2, of the corpus, from 0 to 100. */
    CHRF(Chrf.STATISTICS),
    /** The mean of the classes' F1, weighted by each class's frequency. */
    WEIGHTED_F1("gold predicted"),
    /** {@code exp} of the negative mean log-likelihood. */
    PERPLEXITY("loglikelihood"),
    WEIGHTED_PERPLEXITY("loglikelihood weight"),
    BITS_PER_BYTE("loglikelihood weight");

    /** The number of lm-eval's bootstrap resamples. */
    static final int BOOTSTRAP = 100_000;

    private static final int CHUNK = 1000;
    private static final int TEXT_BOOTSTRAP = 100;

    private final String parts;

    Aggregation(String parts) {
        this.parts = parts;
    }

    /** lm-eval's name. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of a document's scores, which form a {@code double[]}; "" for a single one. */
    List<String> parts() {
        return List.of(parts.split(" "));
    }

    /**
     * The value for all documents.
     *
     * @param scores the {@link #parts()} of each document; at least one document
     */
    double of(List<double[]> scores) {
        return switch (this) {
            case MEAN, BRIER_SCORE -> sum(scores, 0) / scores.size();
            case PERPLEXITY -> Math.exp(-sum(scores, 0) / scores.size());
            case WEIGHTED_PERPLEXITY -> Math.exp(-sum(scores, 0) / sum(scores, 1));
            case BITS_PER_BYTE -> -sum(scores, 0) / sum(scores, 1) / Math.log(2);
            case F1 -> f1(scores);
            case MATTHEWS_CORRCOEF -> matthews(scores);
            case BLEU -> 100 * SacreBleu.of(scores).score();
            case CHRF -> Chrf.score(scores);
            case WEIGHTED_F1 -> weightedF1(scores);
        };
    }

    private static double sum(List<double[]> scores, int part) {
        double sum = 0;
        for (double[] score : scores) {
            sum += score[part];
        }
        return sum;
    }

    /** F1 of class 1, as in scikit-learn: 0 if that class neither occurs nor is predicted. */
    private static double f1(List<double[]> scores) {
        int hits = 0;
        int marked = 0;
        for (double[] score : scores) {
            hits += score[0] == 1 && score[1] == 1 ? 1 : 0;
            marked += (score[0] == 1 ? 1 : 0) + (score[1] == 1 ? 1 : 0);
        }
        return marked == 0 ? 0 : 2.0 * hits / marked;
    }

    private static double weightedF1(List<double[]> scores) {
        Map<Double, int[]> counts = new HashMap<>();
        for (double[] score : scores) {
            int[] gold = counts.computeIfAbsent(score[0], c -> new int[3]);
            gold[0]++;
            counts.computeIfAbsent(score[1], c -> new int[3])[1]++;
            gold[2] += score[0] == score[1] ? 1 : 0;
        }
        double sum = 0;
        for (int[] count : counts.values()) {
            sum += 2.0 * count[2] / (count[0] + count[1]) * count[0];
        }
        return sum / scores.size();
    }

    /** For any number of classes (Gorodkin, 2004), as in scikit-learn: 0 if one side has a single class. */
    private static double matthews(List<double[]> scores) {
        Map<Double, long[]> counts = new HashMap<>();
        long correct = 0;
        for (double[] score : scores) {
            correct += score[0] == score[1] ? 1 : 0;
            counts.computeIfAbsent(score[0], c -> new long[2])[0]++;
            counts.computeIfAbsent(score[1], c -> new long[2])[1]++;
        }
        double all = scores.size();
        double covariance = correct * all;
        double golds = all * all;
        double predictions = all * all;
        for (long[] count : counts.values()) {
            covariance -= (double) count[0] * count[1];
            golds -= (double) count[0] * count[0];
            predictions -= (double) count[1] * count[1];
        }
        return golds * predictions == 0 ? 0 : covariance / Math.sqrt(golds * predictions);
    }

    /**
     * The standard error: in closed form for a mean, otherwise by lm-eval's bootstrap, with CPython's random numbers.
     *
     * @param bootstrap the number of resamples, in chunks of a thousand
     * @return null where lm-eval reports N/A
     */
    @Nullable
    Double standardError(List<double[]> scores, int bootstrap) {
        if (scores.size() < 2) {
            return null;
        }
        return switch (this) {
            case MEAN -> deviation(scores.stream().map(score -> score[0]).toList()) / Math.sqrt(scores.size());
            case F1, MATTHEWS_CORRCOEF, PERPLEXITY -> deviation(resampled(scores, bootstrap));
            case BLEU, CHRF -> deviation(resampled(scores, Math.min(bootstrap, TEXT_BOOTSTRAP)));
            case BRIER_SCORE, WEIGHTED_PERPLEXITY, BITS_PER_BYTE, WEIGHTED_F1 -> null;
        };
    }

    private List<Double> resampled(List<double[]> scores, int iterations) {
        int chunk = Math.min(CHUNK, iterations);
        List<Double> figures = new ArrayList<>();
        for (int i = 0; i < iterations / chunk; i++) {
            PythonRandom random = new PythonRandom(i);
            for (int j = 0; j < chunk; j++) {
                List<double[]> drawn = new ArrayList<>(scores.size());
                for (int place : random.choices(scores.size())) {
                    drawn.add(scores.get(place));
                }
                figures.add(of(drawn));
            }
        }
        return figures;
    }

    /** The standard deviation of a sample. */
    private static double deviation(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.size() - 1));
    }

    /** The standard error of a plain mean of independent means. */
    static double ofMean(List<Double> errors) {
        double squares = errors.stream().mapToDouble(error -> error * error).sum();
        return Math.sqrt(squares) / errors.size();
    }

    /** The standard error of a group's mean over all its documents. */
    static double pooled(List<Double> errors, List<Integer> sizes) {
        double variance = 0;
        int all = 0;
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            double error = Objects.requireNonNull(errors.get(i));
            variance += (size - 1) * error * error * size;
            all += size;
        }
        return Math.sqrt(variance / (all - sizes.size()) / all);
    }
}
