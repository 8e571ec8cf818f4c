package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A token as {@code dataset.endToken} names it, found without the library that encodes.
 *
 * @param added whether it is one of the added tokens, whose name is their text
 */
public record NamedToken(int id, String name, boolean added) {
    /**
     * The token with this id in a model's tokenizer.
     *
     * @throws InvalidInputException if it has none
     */
    public static NamedToken of(Path modelDirectory, int id) {
        TokenizerFiles files = TokenizerFiles.read(modelDirectory);
        return files.ids().entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(name -> new NamedToken(id, name, files.specialTokens().contains(name)))
                .orElseThrow(() -> new InvalidInputException(
                        modelDirectory.resolve("tokenizer.json") + ": has no token of the id " + id + "."));
    }
}
