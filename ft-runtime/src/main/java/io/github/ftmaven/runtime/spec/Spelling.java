package io.github.ftmaven.runtime.spec;

/** How answers are spelled, in training and in what a test expects; see {@code dataset.AnswerSpelling}. */
public enum Spelling {
    VERBATIM,
    WORDS
}
