package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.lmeval.TaskConfig.OutputType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The supported metrics of lm-eval. */
enum MetricKind {
    ACC(Aggregation.MEAN, true),
    ACC_NORM(Aggregation.MEAN, true),
    ACC_BYTES(Aggregation.MEAN, true),
    ACC_MUTUAL_INFO(Aggregation.MEAN, true),
    EXACT_MATCH(Aggregation.MEAN, true),
    F1(Aggregation.F1, true),
    MCC(Aggregation.MATTHEWS_CORRCOEF, true),
    BRIER_SCORE(Aggregation.BRIER_SCORE, false),
    /** The metric f1 with the aggregation {@code weighted_f1_score} of lm-eval's own tasks. */
    WEIGHTED_F1(Aggregation.WEIGHTED_F1, true),
    BLEU(Aggregation.BLEU, true),
    CHRF(Aggregation.CHRF, true),
    PERPLEXITY(Aggregation.PERPLEXITY, false),
    WORD_PERPLEXITY(Aggregation.WEIGHTED_PERPLEXITY, false),
    BYTE_PERPLEXITY(Aggregation.WEIGHTED_PERPLEXITY, false),
    BITS_PER_BYTE(Aggregation.BITS_PER_BYTE, false);

    private final Aggregation aggregation;
    private final boolean higherIsBetter;

    MetricKind(Aggregation aggregation, boolean higherIsBetter) {
        this.aggregation = aggregation;
        this.higherIsBetter = higherIsBetter;
    }

    /** Its name in scores: lm-eval's, if that is descriptive. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** lm-eval's name. */
    String printed() {
        return this == WEIGHTED_F1 ? F1.word() : word();
    }

    Aggregation aggregation() {
        return aggregation;
    }

    boolean higherIsBetter() {
        return higherIsBetter;
    }

    boolean appliesTo(OutputType type) {
        return switch (this) {
            case ACC -> type == OutputType.MULTIPLE_CHOICE || type == OutputType.LOGLIKELIHOOD;
            case EXACT_MATCH -> type == OutputType.MULTIPLE_CHOICE || type == OutputType.GENERATE_UNTIL;
            case ACC_NORM, ACC_BYTES, ACC_MUTUAL_INFO, F1, WEIGHTED_F1, MCC, BRIER_SCORE ->
                type == OutputType.MULTIPLE_CHOICE;
            case BLEU, CHRF -> type == OutputType.GENERATE_UNTIL;
            case PERPLEXITY -> type == OutputType.LOGLIKELIHOOD;
            case WORD_PERPLEXITY, BYTE_PERPLEXITY, BITS_PER_BYTE -> type == OutputType.LOGLIKELIHOOD_ROLLING;
        };
    }

    /** The metric with a given score name. */
    static Optional<MetricKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** lm-eval's default metrics for tasks that name none, as far as they are supported. */
    static List<MetricKind> defaults(OutputType type) {
        return switch (type) {
            case GENERATE_UNTIL -> List.of(EXACT_MATCH);
            case MULTIPLE_CHOICE -> List.of(ACC, ACC_NORM);
            case LOGLIKELIHOOD -> List.of(PERPLEXITY, ACC);
            case LOGLIKELIHOOD_ROLLING -> List.of(WORD_PERPLEXITY, BYTE_PERPLEXITY, BITS_PER_BYTE);
        };
    }
}
