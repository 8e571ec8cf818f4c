package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Decides which keys of a {@code config.json} may be there: a key that nothing reads must not change the model. */
final class ConfigKeys {
    /** Book-keeping and settings of sampling; no value of these changes what the model computes. */
    private static final Set<String> HARMLESS = Set.of(
            "architectures",
            "cache_implementation",
            "chunk_size_feed_forward",
            "classifier_dropout",
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
            "problem_type",
            "return_dict_in_generate",
            "task_specific_params",
            "temperature",
            "tokenizer_class",
            "top_k",
            "torchscript",
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
            Map.entry("embd_pdrop", number(0)),
            Map.entry("is_decoder", new Rule(value -> true, "any value")),
            Map.entry("is_encoder_decoder", isFalse()),
            Map.entry("layer_types", new Rule(ConfigKeys::allFullAttention, "full_attention in every layer")),
            Map.entry("mlp_bias", isFalse()),
            Map.entry("partial_rotary_factor", number(1)),
            Map.entry("pretraining_tp", number(1)),
            Map.entry(
                    "quantization_config",
                    new Rule(ConfigKeys::isBitsAndBytes, "weights quantized by bitsandbytes, or not at all")),
            Map.entry("resid_pdrop", number(0)),
            Map.entry("rope_interleaved", isFalse()),
            Map.entry("use_bidirectional_attention", isFalse()),
            Map.entry("use_mrope", isFalse()));

    private ConfigKeys() {}

    /**
     * Checks every key that the family's parser has not read.
     *
     * @throws InvalidInputException for a value that is not implemented, or a key that is not known
     */
    static void check(JsonObjectFile config) {
        for (String key : config.unread()) {
            Rule rule = RULES.get(key);
            if (HARMLESS.contains(key) || key.startsWith("_")) {
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

    private static boolean isBitsAndBytes(JsonNode quantization) {
        return quantization.isEmpty()
                || quantization.path("quant_method").asText().equals("bitsandbytes");
    }

    private static boolean allFullAttention(JsonNode types) {
        for (JsonNode type : types) {
            if (!type.asText().equals("full_attention")) {
                return false;
            }
        }
        return types.isArray();
    }
}
