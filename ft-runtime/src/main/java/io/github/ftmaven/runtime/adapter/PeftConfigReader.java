package io.github.ftmaven.runtime.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.JsonObjectFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code adapter_config.json} strictly: what would change the adapter's meaning and is not supported is refused. */
final class PeftConfigReader {
    private static final Set<String> READ = Set.of(
            "base_model_name_or_path",
            "lora_alpha",
            "lora_dropout",
            "r",
            "revision",
            "target_modules",
            "use_dora",
            "use_rslora");

    /** Which program wrote the adapter and how it was begun; the finished weights mean the same. */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "corda_config",
            "eva_config",
            "inference_mode",
            "loftq_config",
            "lora_ga_config",
            "megatron_config",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "runtime_config");

    /** The one supported value, where it is not null, false, or empty. */
    private static final Map<String, Set<String>> SUPPORTED = Map.of(
            "bias", Set.of("none"),
            "init_lora_weights", Set.of("true", "false", "gaussian", "orthogonal"),
            "peft_type", Set.of("LORA"),
            "task_type", Set.of("CAUSAL_LM"));

    private PeftConfigReader() {}

    /**
     * Reads a file.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if there is no such file, or a value is not valid or not supported
     */
    static PeftConfig read(Path path, String display) {
        JsonObjectFile file = JsonObjectFile.read(path, display);
        for (String key : file.keys()) {
            if (file.has(key) && !READ.contains(key) && !HARMLESS.contains(key)) {
                check(file, key);
            }
        }
        if (!file.has("peft_type")) {
            throw new InvalidInputException(display + ": the key peft_type is missing. Is this a PEFT adapter?");
        }
        return new PeftConfig(
                text(file, "base_model_name_or_path"),
                text(file, "revision"),
                file.integer("r", 1, Integer.MAX_VALUE, 8),
                alpha(file),
                dropout(file),
                targets(file),
                file.flag("use_dora", false));
    }

    private static void check(JsonObjectFile file, String key) {
        JsonNode value = file.node(key);
        Set<String> supported = SUPPORTED.get(key);
        if (supported != null) {
            if (!supported.contains(value.asText())) {
                throw file.invalid(key, "supported is: " + String.join(", ", new TreeSet<>(supported)));
            }
            return;
        }
        boolean off = value.isBoolean() ? !value.asBoolean() : value.isContainerNode() && value.isEmpty();
        if (!off) {
            throw file.invalid(key, "this is not supported: it changes what the adapter computes");
        }
    }

    /** The alpha that gives the same scale as {@code alpha / rank}. */
    private static double alpha(JsonObjectFile file) {
        double alpha = file.positive("lora_alpha", 8);
        return file.flag("use_rslora", false) ? alpha * Math.sqrt(file.integer("r", 1, Integer.MAX_VALUE, 8)) : alpha;
    }

    private static @Nullable String text(JsonObjectFile file, String key) {
        return file.has(key) ? file.text(key, "") : null;
    }

    private static double dropout(JsonObjectFile file) {
        JsonNode dropout = file.node("lora_dropout");
        if (!dropout.isMissingNode() && (!dropout.isNumber() || dropout.asDouble() < 0 || dropout.asDouble() >= 1)) {
            throw file.invalid("lora_dropout", "must be a number from 0 to below 1");
        }
        return dropout.asDouble();
    }

    private static List<String> targets(JsonObjectFile file) {
        JsonNode targets = file.node("target_modules");
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode target : targets) {
            if (!target.isTextual()) {
                throw file.invalid("target_modules", "must be a list of module names");
            }
            names.add(target.asText());
        }
        if (names.isEmpty()) {
            throw file.invalid("target_modules", "must be a list of module names");
        }
        return List.copyOf(names);
    }
}
