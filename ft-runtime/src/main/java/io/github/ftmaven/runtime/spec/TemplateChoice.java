package io.github.ftmaven.runtime.spec;

/** How a conversation is laid out as text; see {@code chat.Layout}. */
public enum TemplateChoice {
    AUTO,
    PLAIN,
    QUESTION,
    ALPACA,
    CHATML,
    RAW
}
