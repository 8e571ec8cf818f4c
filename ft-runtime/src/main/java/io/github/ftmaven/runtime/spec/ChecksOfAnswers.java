package io.github.ftmaven.runtime.spec;

/** Checks of single answers. */
public record ChecksOfAnswers(
        @Doc("Answers without a letter, digit or symbol; and answers of one token where most have more than ten.")
        CheckLevel shortAnswers,

        @Doc("Answers that are the question again, or begin with all of it.")
        CheckLevel copiedPrompts,

        @Doc("Answers that the template or the tokenizer alters, so a model cannot give them exactly.")
        CheckLevel alteredAnswers) {}
