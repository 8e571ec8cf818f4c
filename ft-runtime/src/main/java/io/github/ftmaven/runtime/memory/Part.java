package io.github.ftmaven.runtime.memory;

/**
 * Some of the memory that is taken.
 *
 * @param name what it is for
 */
public record Part(String name, long bytes) {}
