package io.github.ftmaven.runtime.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.JsonObjectFile;
import io.github.ftmaven.runtime.spec.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code adapter_config.json} strictly: an unsupported key that changes the adapter's meaning is an error. */
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
            "init_lora_weights",
            "peft_type",
            "layers_to_transform",
            "layers_pattern",
            "rank_pattern",
            "alpha_pattern");

    /**
     * Keys about the program that wrote the adapter and its initialization; they do not affect the finished weights.
     */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "corda_config",
            "eva_config",
            "fan_in_fan_out", // PEFT treats it as false for a linear layer
            "inference_mode",
            "loftq_config",
            "lora_ga_config",
            "megatron_config",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "runtime_config",
            "velora_config"); // affects only the backward pass

    /** The only supported value of keys for which it is not null, false, or empty. */
    private static final Map<String, Set<String>> SUPPORTED =
            Map.of("bias", Set.of("none"), "task_type", Set.of("CAUSAL_LM"));

    /** Initializations that do not change the base, so only the tensors matter. */
    private static final Set<String> PLAIN_BEGINNINGS =
            Set.of("true", "false", "gaussian", "orthogonal", "eva", "mica");

    /**
     * Initializations that change the base; PEFT sets the key to true when it saves an adapter for the original base.
     */
    private static final Pattern CHANGED_BASE = Pattern.compile("pissa(_niter_\\d+)?|olora|corda|loftq|lora_ga");

    private PeftConfigReader() {}

    /**
     * Reads a file.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if the file does not exist, or a value is invalid or not supported
     */
    static PeftConfig read(Path path, String display) {
        JsonObjectFile file = JsonObjectFile.read(path, display);
        checkKind(file);
        checkBeginning(file);
        for (String key : file.keys()) {
            if (file.has(key) && !READ.contains(key) && !HARMLESS.contains(key)) {
                check(file, key);
            }
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

    private static void checkKind(JsonObjectFile file) {
        if (!file.has("peft_type")) {
            throw new InvalidInputException(file.display() + ": "
                    + (file.has("lora_parameters") || file.has("fine_tune_type")
                            ? OtherFormats.MLX
                            : "the key peft_type is missing. Is this a PEFT adapter?"));
        }
        String kind = file.text("peft_type", "");
        if (!kind.equals("LORA")) {
            throw file.invalid(
                    "peft_type",
                    "the only supported value is LORA. Other kinds of adapters compute something else; train a LORA adapter");
        }
    }

    private static void checkBeginning(JsonObjectFile file) {
        JsonNode value = file.node("init_lora_weights");
        String beginning = value.isMissingNode() ? "true" : value.asText().toLowerCase(Locale.ROOT);
        if (CHANGED_BASE.matcher(beginning).matches()) {
            throw file.invalid(
                    "init_lora_weights",
                    "with it PEFT changes the base when training begins, and these tensors fit only that changed base."
                            + " Save the adapter for the original base (save_pretrained with"
                            + " path_initial_model_for_weight_conversion), or merge it with PEFT and name the result in"
                            + " base.model");
        }
        if (!PLAIN_BEGINNINGS.contains(beginning)) {
            throw file.invalid(
                    "init_lora_weights", "supported values are: " + String.join(", ", new TreeSet<>(PLAIN_BEGINNINGS)));
        }
    }

    private static void check(JsonObjectFile file, String key) {
        JsonNode value = file.node(key);
        Set<String> supported = SUPPORTED.get(key);
        if (supported != null) {
            if (!supported.contains(value.asText())) {
                throw file.invalid(key, "supported values are: " + String.join(", ", new TreeSet<>(supported)));
            }
            return;
        }
        boolean off = value.isContainerNode()
                ? value.isEmpty()
                : value.isNumber()
                        ? value.asDouble() == 0
                        : value.isTextual() ? value.asText().isEmpty() : !value.asBoolean();
        if (!off) {
            throw file.invalid(key, "this is not supported, because it changes what the adapter computes");
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

    /** PEFT treats a number as a list of one. */
    private static List<Integer> layers(JsonObjectFile file) {
        JsonNode layers = file.node("layers_to_transform");
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode layer : layers.isContainerNode() || layers.isMissingNode() ? layers : List.of(layers)) {
            if (!layer.isIntegralNumber() || !layer.canConvertToInt()) {
                throw file.invalid("layers_to_transform", "must be a layer's number or a list of them");
            }
            numbers.add(layer.asInt());
        }
        if (!numbers.isEmpty() && !meansLayers(file)) {
            throw file.invalid("layers_pattern", "the decoder's list of layers is named layers");
        }
        return numbers;
    }

    /**
     * Whether one of the patterns for the part before a layer's number matches a decoder's layers, or there is no
     * pattern.
     */
    private static boolean meansLayers(JsonObjectFile file) {
        JsonNode pattern = file.node("layers_pattern");
        List<String> names = new ArrayList<>();
        for (JsonNode name : pattern.isTextual() ? List.of(pattern) : pattern) {
            names.add(name.asText());
        }
        return names.isEmpty()
                || pattern.asText("?").isEmpty()
                || names.stream().anyMatch(LoraSelection::meansLayers);
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
