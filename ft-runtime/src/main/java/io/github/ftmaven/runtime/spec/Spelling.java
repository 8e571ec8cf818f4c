package io.github.ftmaven.runtime.spec;

/** How answers are spelled, in training and as what a test expects; see {@code dataset.AnswerSpelling}. */
public enum Spelling {
    VERBATIM,
    WORDS
}
