package io.github.ftmaven.runtime.spec;

/** Which chat template renders a conversation; see {@code chat.Layout}. */
public enum TemplateChoice {
    AUTO,
    PLAIN,
    QUESTION,
    ALPACA,
    CHATML,
    RAW
}
