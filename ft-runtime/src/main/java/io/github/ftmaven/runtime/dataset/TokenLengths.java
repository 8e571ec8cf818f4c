package io.github.ftmaven.runtime.dataset;

/**
 * The lengths of one example in tokens.
 *
 * @param whole its longest sequence
 * @param prompt what comes before the last answer
 * @param answer the last answer and the token that ends it
 */
public record TokenLengths(int whole, int prompt, int answer) {}
