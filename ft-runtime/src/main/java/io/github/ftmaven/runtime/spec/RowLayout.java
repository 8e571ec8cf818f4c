package io.github.ftmaven.runtime.spec;

/** How the rows of data files are laid out. */
public enum RowLayout {
    /** Each row by its own keys. */
    AUTO,
    /** {@code messages}, as in OpenAI's API. */
    MESSAGES,
    /** {@code prompt} and {@code completion}. */
    PROMPT_COMPLETION,
    /** {@code instruction}, {@code input} and {@code output}. */
    ALPACA,
    /** {@code conversations}, with {@code from} and {@code value}. */
    SHAREGPT,
    /** {@code text}, of which every token is learnt. */
    TEXT,
    /** {@code prompt}, {@code chosen} and {@code rejected}. */
    PREFERENCE
}
