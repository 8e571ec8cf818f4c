package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads {@code config.json}. Only this room uses Hugging Face's names for the keys. */
public final class ArchitectureReader {
    /** How each {@code model_type} is read. A new family is one entry here and one parser. */
    private static final Map<String, Function<JsonObjectFile, Architecture>> FAMILIES = new TreeMap<>(Map.of(
            "gemma", GemmaConfig::gemma,
            "gemma2", GemmaConfig::gemma2,
            "gemma3", GemmaConfig::gemma3,
            "gemma3_text", GemmaConfig::gemma3Text,
            "llama", LlamaConfig::read,
            "mistral", MistralConfig::read,
            "phi3", Phi3Config::read,
            "qwen2", QwenConfig::qwen2,
            "qwen3", QwenConfig::qwen3));

    private ArchitectureReader() {}

    /**
     * Reads the architecture. A missing or null key gets the default of the family's configuration in transformers.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if the family is not supported, a key is unknown or requests mathematics that is
     *     not implemented, or a value is impossible
     */
    public static Architecture read(Path configJson, String display) {
        return read(configJson, display, new ConfigKeys(List.of(), true));
    }

    /** Reads the architecture without the keys that {@code keys} ignores. */
    static Architecture read(Path configJson, String display, ConfigKeys keys) {
        JsonObjectFile config = JsonObjectFile.read(configJson, display);
        String supported = String.join(", ", FAMILIES.keySet());
        if (!config.has("model_type")) {
            throw new InvalidInputException(
                    config.display() + ": the key model_type is missing. Supported: " + supported + ".");
        }
        Function<JsonObjectFile, Architecture> family = FAMILIES.get(config.text("model_type", ""));
        if (family == null) {
            throw config.invalid("model_type", "supported values are: " + supported);
        }
        Architecture architecture = family.apply(config);
        keys.check(config, architecture.family());
        return architecture;
    }
}
