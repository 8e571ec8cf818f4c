package io.github.ftmaven.runtime.metrics;

/** How often one label was expected and another answer was given. */
public record Confusion(String expected, String answer, int count) {}
