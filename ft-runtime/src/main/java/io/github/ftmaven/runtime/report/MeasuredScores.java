package io.github.ftmaven.runtime.report;

/**
 * Which scores were judged, and how they came about.
 *
 * @param key the key of the evaluation's stamp: the digest of all that was asked of whom
 * @param scores SHA-256 of {@code scores.json}, in lower-case hexadecimal
 * @param skipped whether this build took scores that were measured earlier, of this directory or the cache
 */
public record MeasuredScores(String key, String scores, boolean skipped) {}
