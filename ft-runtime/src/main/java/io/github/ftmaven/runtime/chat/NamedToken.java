package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A token as named in {@code dataset.endToken}, found without the native library.
 *
 * @param added whether it is an added token, whose name equals its text
 */
public record NamedToken(int id, String name, boolean added) {
    /**
     * The token with this id in a model's tokenizer.
     *
     * @throws InvalidInputException if it has no such token
     */
    public static NamedToken of(Path modelDirectory, int id) {
        TokenizerFiles files = TokenizerFiles.read(modelDirectory);
        return files.ids().entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(name -> new NamedToken(id, name, files.specialTokens().contains(name)))
                .orElseThrow(() -> new InvalidInputException(modelDirectory.resolve("tokenizer.json")
                        + ": the tokenizer has no token with the id " + id + "."));
    }
}
