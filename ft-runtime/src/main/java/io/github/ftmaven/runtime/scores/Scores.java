package io.github.ftmaven.runtime.scores;

import java.util.List;

/**
 * The result of one evaluation.
 *
 * @param testDigest SHA-256 of the test set that was answered, in lower-case hexadecimal
 * @param artifactDigest SHA-256 of the packaged adapter that was loaded
 */
public record Scores(String testDigest, String artifactDigest, List<ProviderScores> providers) {}
