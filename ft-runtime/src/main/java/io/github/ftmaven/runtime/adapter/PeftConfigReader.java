package io.github.ftmaven.runtime.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.JsonObjectFile;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
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
            "use_rslora",
            "exclude_modules",
            "layers_to_transform",
            "layers_pattern",
            "rank_pattern",
            "alpha_pattern");

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
        LoraSelection selection = new LoraSelection(
                targets(file, "target_modules", true),
                targets(file, "exclude_modules", false),
                layers(file),
                file.integer("r", 1, Integer.MAX_VALUE, 8),
                file.positive("lora_alpha", 8),
                file.flag("use_rslora", false),
                pattern(
                        file,
                        "rank_pattern",
                        value -> value.canConvertToInt() && value.isIntegralNumber() && value.asInt() > 0,
                        JsonNode::asInt),
                pattern(
                        file,
                        "alpha_pattern",
                        value -> value.isNumber() && Double.isFinite(value.asDouble()) && value.asDouble() > 0,
                        JsonNode::asDouble));
        return new PeftConfig(
                text(file, "base_model_name_or_path"),
                text(file, "revision"),
                selection,
                dropout(file),
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

    private static Targets targets(JsonObjectFile file, String key, boolean required) {
        JsonNode targets = file.node(key);
        if (targets.isTextual()) {
            return targets.asText().equals("all-linear")
                    ? new Targets(true, List.of())
                    : Targets.matching(targets.asText());
        }
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode target : targets) {
            if (!target.isTextual()) {
                throw file.invalid(key, "must be a list of module names or a regular expression");
            }
            names.add(target.asText());
        }
        if (required && names.isEmpty()) {
            throw file.invalid(key, "must be a list of module names or a regular expression");
        }
        return new Targets(false, List.copyOf(names));
    }

    /** PEFT takes one number for a list of one. */
    private static List<Integer> layers(JsonObjectFile file) {
        JsonNode layers = file.node("layers_to_transform");
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode layer : layers.isContainerNode() || layers.isMissingNode() ? layers : List.of(layers)) {
            if (!layer.isIntegralNumber() || !layer.canConvertToInt()) {
                throw file.invalid("layers_to_transform", "must be a layer's number or a list of them");
            }
            numbers.add(layer.asInt());
        }
        JsonNode pattern = file.node("layers_pattern");
        for (JsonNode name : pattern.isTextual() ? List.of(pattern) : pattern) {
            if (!name.asText().equals("layers")) {
                throw file.invalid("layers_pattern", "the decoder's layers are called layers");
            }
        }
        return numbers;
    }

    private static <T> Map<String, T> pattern(
            JsonObjectFile file, String key, Predicate<JsonNode> valid, Function<JsonNode, T> read) {
        Map<String, T> patterns = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : file.node(key).properties()) {
            if (!valid.test(entry.getValue())) {
                throw file.invalid(key, "must map regular expressions for module names to positive numbers");
            }
            patterns.put(entry.getKey(), read.apply(entry.getValue()));
        }
        return patterns;
    }
}
