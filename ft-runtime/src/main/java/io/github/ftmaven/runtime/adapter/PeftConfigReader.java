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
            "init_lora_weights",
            "peft_type",
            "layers_to_transform",
            "layers_pattern",
            "rank_pattern",
            "alpha_pattern");

    /** Which program wrote the adapter and how it was begun; the finished weights mean the same. */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "corda_config",
            "eva_config",
            "fan_in_fan_out", // of a linear layer PEFT takes it for false
            "inference_mode",
            "loftq_config",
            "lora_ga_config",
            "megatron_config",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "runtime_config",
            "velora_config"); // of the backward pass alone

    /** The one supported value, where it is not null, false, or empty. */
    private static final Map<String, Set<String>> SUPPORTED =
            Map.of("bias", Set.of("none"), "task_type", Set.of("CAUSAL_LM"));

    /** Beginnings of an adapter that leave the base as it is, so that nothing of them but the tensors is left. */
    private static final Set<String> PLAIN_BEGINNINGS =
            Set.of("true", "false", "gaussian", "orthogonal", "eva", "mica");

    /** Beginnings that change the base; PEFT sets the key to true where it saves an adapter for the base as it was. */
    private static final Pattern CHANGED_BASE = Pattern.compile("pissa(_niter_\\d+)?|olora|corda|loftq|lora_ga");

    private PeftConfigReader() {}

    /**
     * Reads a file.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if there is no such file, or a value is not valid or not supported
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
                    "supported is: LORA. Adapters of other kinds compute something else; train one of kind LORA");
        }
    }

    private static void checkBeginning(JsonObjectFile file) {
        JsonNode value = file.node("init_lora_weights");
        String beginning = value.isMissingNode() ? "true" : value.asText().toLowerCase(Locale.ROOT);
        if (CHANGED_BASE.matcher(beginning).matches()) {
            throw file.invalid(
                    "init_lora_weights",
                    "then PEFT changed the base when training began, and these tensors hold for that changed base alone."
                            + " Save it for the base as it was (save_pretrained with"
                            + " path_initial_model_for_weight_conversion), or merge it with PEFT and name the result in"
                            + " base.model");
        }
        if (!PLAIN_BEGINNINGS.contains(beginning)) {
            throw file.invalid(
                    "init_lora_weights", "supported is: " + String.join(", ", new TreeSet<>(PLAIN_BEGINNINGS)));
        }
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
        boolean off = value.isContainerNode()
                ? value.isEmpty()
                : value.isNumber()
                        ? value.asDouble() == 0
                        : value.isTextual() ? value.asText().isEmpty() : !value.asBoolean();
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
        if (!numbers.isEmpty() && !meansLayers(file)) {
            throw file.invalid("layers_pattern", "the decoder's layers are called layers");
        }
        return numbers;
    }

    /** Whether one of the patterns for what stands before a layer's number is that of a decoder's layers, or there is none. */
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
