package io.github.ftmaven.runtime.report;

/**
 * The scores that were judged, and their origin.
 *
 * @param key the key of the evaluation's stamp: the digest of its questions and models
 * @param scores SHA-256 of {@code scores.json}, in lower-case hexadecimal
 * @param skipped whether this build reused earlier scores, from this directory or the cache
 */
public record MeasuredScores(String key, String scores, boolean skipped) {}
