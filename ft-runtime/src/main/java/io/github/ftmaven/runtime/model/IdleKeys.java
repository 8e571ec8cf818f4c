package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of published {@code config.json} files that do not change what a model computes, each with the reason. Some
 * rules hold only in one family, or only for one value. {@code tools/golden_configs.py} runs each model in transformers
 * with these keys and without them.
 */
final class IdleKeys {
    private static final Map<String, KeyRule> ALL = new HashMap<>();
    private static final Map<String, Map<String, KeyRule>> OF_FAMILY = new HashMap<>();

    static {
        all(
                KeyRule.idle("it records where the files come from and what wrote them"),
                "architectures",
                "finetuning_task",
                "is_llama_config",
                "model_name",
                "name_or_path",
                "task_specific_params",
                "tokenizer_class",
                "transformers.js_config",
                "transformers_version",
                "unsloth_fixed",
                "unsloth_version");
        all(
                KeyRule.idle("it selects between implementations of the same computation, or extra results"),
                "attn_implementation",
                "cache_implementation",
                "chunk_size_feed_forward",
                "gradient_checkpointing",
                "output_attentions",
                "output_hidden_states",
                "output_scores",
                "pretraining_tp", // splits a product into parts and adds them
                "return_dict",
                "return_dict_in_generate",
                "tf_legacy_loss",
                "torchscript",
                "use_bfloat16",
                "use_cache");
        all(
                KeyRule.idle("it is a setting of sampling, and answers here are greedy"),
                "bad_words_ids",
                "begin_suppress_tokens",
                "diversity_penalty",
                "do_sample",
                "early_stopping",
                "encoder_no_repeat_ngram_size",
                "exponential_decay_length_penalty",
                "forced_bos_token_id",
                "forced_eos_token_id",
                "length_penalty",
                "max_length",
                "max_new_tokens",
                "min_length",
                "no_repeat_ngram_size",
                "num_beam_groups",
                "num_beams",
                "num_return_sequences",
                "prefix",
                "remove_invalid_values",
                "repetition_penalty",
                "suppress_tokens",
                "temperature",
                "top_k",
                "top_p",
                "typical_p");
        all(
                KeyRule.idle("it belongs to classifiers"),
                "classifier_dropout",
                "id2label",
                "label2id",
                "num_labels",
                "problem_type");
        all(
                KeyRule.idle("it belongs to models with an encoder"),
                "cross_attention_hidden_size",
                "decoder_start_token_id",
                "is_decoder",
                "tie_encoder_decoder");
        all(
                KeyRule.idle("it is the id of a token that does not occur in text"),
                "image_token_id",
                "image_token_index",
                "pad_token_id",
                "sep_token_id",
                "video_token_id",
                "vision_end_token_id",
                "vision_start_token_id",
                "vision_token_id");
        all(
                KeyRule.idle("transformers takes the longest sequence from max_position_embeddings"),
                "max_sequence_length",
                "model_max_length");
        all(KeyRule.isFalse("no supported model has this feature"), "add_cross_attention", "is_encoder_decoder");
        all(KeyRule.isFalse("the family has no such bias"), "attention_bias", "mlp_bias");
        all(KeyRule.isFalse("positions are in the half-split layout"), "rope_interleaved", "use_mrope");
        all(KeyRule.isFalse("text is read from left to right"), "use_bidirectional_attention");
        all(KeyRule.number(1, "the whole head is rotated"), "partial_rotary_factor");
        all(KeyRule.dropout(), "attention_dropout");
        all(KeyRule.empty("none", "no head is pruned"), "pruned_heads");
        all(
                new KeyRule(
                        IdleKeys::isOfTokenizer,
                        "none: a model with its own code cannot run here",
                        "it names a tokenizer's code, but tokenizer.json is used",
                        false),
                "auto_map");
        all(
                new KeyRule(
                        IdleKeys::isAllFullAttention,
                        "full_attention in every layer",
                        "no layer of the family slides",
                        false),
                "layer_types");
        all(
                new KeyRule(
                        IdleKeys::isBitsAndBytes,
                        "weights quantized by bitsandbytes, or not at all",
                        "the tensors record how they are quantized",
                        false),
                "quantization_config");
        all(
                KeyRule.empty("weights quantized by bitsandbytes, or not at all", "nothing is quantized"),
                "compression_config",
                "quantization"); // MLX

        family("gemma2", "hidden_act", KeyRule.idle("transformers reads hidden_activation"));
        for (String gemma3 : List.of("gemma3", "gemma3_text")) {
            family(gemma3, "hidden_act", KeyRule.idle("transformers reads hidden_activation"));
            // transformers ignores them here, but whoever set them wants them
            family(gemma3, "attn_logit_softcapping", KeyRule.absent("scores have no cap"));
            family(gemma3, "final_logit_softcapping", KeyRule.absent("logits have no cap"));
        }
        family("gemma3", "initializer_range", KeyRule.idle("the text_config has its own"));
        for (String key : List.of(
                "boi_token_id",
                "boi_token_index",
                "eoi_token_id",
                "eoi_token_index",
                "mm_tokens_per_image",
                "vision_config")) {
            family("gemma3", key, KeyRule.idle("it belongs to the vision part"));
        }
        family("phi3", "auto_map", KeyRule.idle("it names the family's code from before transformers supported it"));
        family("phi3", "embd_pdrop", KeyRule.dropout());
        family("phi3", "resid_pdrop", KeyRule.dropout());
        family("phi3", "full_attn_mod", KeyRule.number(1, "transformers ignores it: all layers are alike"));
        family("phi3", "interpolate_factor", KeyRule.number(1, "transformers ignores it: nothing is stretched"));
        family("phi3", "lm_head_bias", KeyRule.isFalse("the family has no such bias"));
        family("phi3", "original_max_position_embeddings", KeyRule.idle("only longrope reads it"));
        family("qwen2", "attention_bias", KeyRule.idle("transformers ignores it: q, k and v have biases, o has none"));
    }

    private IdleKeys() {}

    /** The rule for a key that the family's parser has not read; null if the key is unknown. */
    static @Nullable KeyRule rule(String family, String key) {
        if (key.startsWith("_")) {
            return KeyRule.idle("transformers uses it internally");
        }
        KeyRule own = OF_FAMILY.getOrDefault(family, Map.of()).get(key);
        return own == null ? ALL.get(key) : own;
    }

    private static void all(KeyRule rule, String... keys) {
        for (String key : keys) {
            ALL.put(key, rule);
        }
    }

    private static void family(String family, String key, KeyRule rule) {
        OF_FAMILY.computeIfAbsent(family, name -> new HashMap<>()).put(key, rule);
    }

    private static boolean isOfTokenizer(JsonNode map) {
        return map.isEmpty() || (map.size() == 1 && map.has("AutoTokenizer"));
    }

    private static boolean isBitsAndBytes(JsonNode quantization) {
        return quantization.isEmpty()
                || quantization.path("quant_method").asText().equals("bitsandbytes");
    }

    private static boolean isAllFullAttention(JsonNode types) {
        for (JsonNode type : types) {
            if (!type.asText().equals("full_attention")) {
                return false;
            }
        }
        return types.isArray();
    }
}
