package io.github.ftmaven.runtime.spec;

/** The metrics; see {@code evaluation.Metrics} for their definitions. */
public enum Metric {
    ACCURACY,
    MACRO_F1,
    MACRO_PRECISION,
    MACRO_RECALL,
    MICRO_F1,
    ROUGE_1,
    ROUGE_2,
    ROUGE_L,
    BLEU,
    JSON_VALID,
    JSON_FIELD_F1,
    PERPLEXITY,
    ANSWER_TOKENS,
    LATENCY,
    /** Needs {@code evaluation.suite}. */
    PASS_RATE,
    /** Needs {@code evaluation.retention}. */
    RETENTION
}
