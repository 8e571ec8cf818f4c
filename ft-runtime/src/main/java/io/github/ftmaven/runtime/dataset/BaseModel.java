package io.github.ftmaven.runtime.dataset;

import java.nio.file.Path;

/**
 * What the examples must suit.
 *
 * @param directory the base model's directory, with its tokenizer
 * @param maxLength longest example in tokens that the model has positions for
 * @param embeddingRows rows of its embedding
 */
public record BaseModel(Path directory, int maxLength, int embeddingRows) {}
