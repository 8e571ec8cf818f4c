package io.github.ftmaven.runtime.spec;

/** Checks of answers that are labels: few different ones, short, each of them repeated. */
public record ChecksOfLabels(
        @Doc("Labels with less than a tenth of an equal share of the training rows.")
        CheckLevel labelImbalance,

        @Doc("Labels of test or validation rows that no training row has.")
        CheckLevel unseenLabels,

        @Doc("Labels that differ only in case, white space, underscores or hyphens.")
        CheckLevel labelSpelling) {}
