package io.github.ftmaven.runtime.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * The limits that a base model sets for examples.
 *
 * @param directory the base model's directory, with its tokenizer
 * @param maxLength the longest example in tokens for which the model has positions
 * @param embeddingRows rows of its embedding
 * @param endTokens the tokens at which programs that serve it stop
 */
public record BaseModel(Path directory, int maxLength, int embeddingRows, List<Integer> endTokens) {}
