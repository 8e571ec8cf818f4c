package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;

/**
 * One example for the trainer.
 *
 * @param source the file and line of the example
 */
public record TrainingExample(String source, TokenSequence tokens) {}
