package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Decides which keys of a {@code config.json} may be there: a key that nothing reads must not change the model. */
final class ConfigKeys {
    private static final String FAMILY = "llama";

    /** Read by {@link ArchitectureReader}. */
    private static final Set<String> READ = Set.of(
            "bos_token_id",
            "dtype",
            "eos_token_id",
            "head_dim",
            "hidden_size",
            "initializer_range",
            "intermediate_size",
            "max_position_embeddings",
            "model_type",
            "num_attention_heads",
            "num_hidden_layers",
            "num_key_value_heads",
            "rms_norm_eps",
            "rope_parameters",
            "rope_theta",
            "tie_word_embeddings",
            "torch_dtype",
            "vocab_size");

    /** Book-keeping and settings of sampling; no value of these changes what the model computes. */
    private static final Set<String> HARMLESS = Set.of(
            "architectures",
            "do_sample",
            "finetuning_task",
            "id2label",
            "is_llama_config",
            "label2id",
            "max_length",
            "max_sequence_length",
            "name_or_path",
            "output_attentions",
            "output_hidden_states",
            "pad_token_id",
            "return_dict",
            "task_specific_params",
            "temperature",
            "tokenizer_class",
            "top_p",
            "transformers.js_config",
            "transformers_version",
            "unsloth_fixed",
            "unsloth_version",
            "use_cache");

    private record Rule(Predicate<JsonNode> allows, String supported) {}

    /** Keys that change the mathematics, with the values that are implemented; null always means the default. */
    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("attention_bias", isFalse()),
            Map.entry("attention_dropout", number(0)),
            Map.entry("auto_map", new Rule(JsonNode::isEmpty, "nothing: a model with its own code cannot be run")),
            Map.entry("hidden_act", new Rule(value -> value.asText().equals("silu"), "silu")),
            Map.entry("is_decoder", new Rule(value -> true, "any value")),
            Map.entry("is_encoder_decoder", isFalse()),
            Map.entry("layer_types", new Rule(ConfigKeys::allFullAttention, "full_attention in every layer")),
            Map.entry("mlp_bias", isFalse()),
            Map.entry("partial_rotary_factor", number(1)),
            Map.entry("pretraining_tp", number(1)),
            Map.entry(
                    "quantization_config",
                    new Rule(JsonNode::isEmpty, "weights that are not quantized: use the original")),
            Map.entry("rope_interleaved", isFalse()),
            Map.entry("rope_scaling", new Rule(ConfigKeys::plainRope, "rope_type default")));

    private ConfigKeys() {}

    /**
     * Checks every key.
     *
     * @throws InvalidInputException for another family, a value that is not implemented, or a key that is not known
     */
    static void check(JsonObjectFile config) {
        if (!config.text("model_type", "").equals(FAMILY)) {
            if (!config.has("model_type")) {
                throw new InvalidInputException(
                        config.display() + ": the key model_type is missing. Supported: " + FAMILY + ".");
            }
            throw config.invalid("model_type", "supported is: " + FAMILY);
        }
        if (config.has("rope_parameters") && !plainRope(config.node("rope_parameters"))) {
            throw config.invalid("rope_parameters", "supported is: rope_type default");
        }
        for (String key : config.keys()) {
            Rule rule = RULES.get(key);
            if (!config.has(key) || READ.contains(key) || HARMLESS.contains(key) || key.startsWith("_")) {
                continue;
            }
            if (rule == null) {
                throw config.invalid(
                        key, "this key is not known. If it does not change what the model computes, remove it");
            }
            if (!rule.allows().test(config.node(key))) {
                throw config.invalid(key, "supported is: " + rule.supported());
            }
        }
    }

    private static Rule isFalse() {
        return new Rule(value -> value.isBoolean() && !value.asBoolean(), "false");
    }

    private static Rule number(int neutral) {
        return new Rule(value -> value.isNumber() && value.asDouble() == neutral, String.valueOf(neutral));
    }

    private static boolean allFullAttention(JsonNode types) {
        for (JsonNode type : types) {
            if (!type.asText().equals("full_attention")) {
                return false;
            }
        }
        return types.isArray();
    }

    /** Whether positions are rotated without any scaling: {@code rope_type}, or {@code type} as older files have it. */
    private static boolean plainRope(JsonNode rope) {
        if (!rope.isObject()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : rope.properties()) {
            boolean plain = switch (entry.getKey()) {
                case "rope_type", "type" -> entry.getValue().asText().equals("default");
                case "rope_theta" -> true;
                case "partial_rotary_factor" -> entry.getValue().asDouble() == 1;
                default -> false;
            };
            if (!plain && !entry.getValue().isNull()) {
                return false;
            }
        }
        return true;
    }
}
