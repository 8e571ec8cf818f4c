package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;

/**
 * One example as the trainer sees it.
 *
 * @param source the file and line it came from
 */
public record TrainingExample(String source, TokenSequence tokens) {}
