package io.github.ftmaven.runtime.imports;

import java.util.List;
import java.util.regex.Pattern;

/** Why keys of other programs have no counterpart. */
final class Leftovers {
    /** The first form that matches the end of a key's name, after its last dot, gives the reason. */
    private record Form(Pattern key, String reason) {}

    private static final List<Form> FORMS = List.of(
            form(
                    "wandb.*|comet.*|mlflow.*|trackio.*|swanlab.*|use_wandb|use_mlflow|report_to|use_tensorboard|log"
                            + "|log_level|plot_loss|include_tokens_per_second|integrations|logging_.*|disable_tqdm",
                    "no logging service; target/ft/train/log.jsonl and the report have the curves"),
            form(
                    "hub|hub_.*|push_to_hub|hf_use_auth_token|hf_hub_token|.*username|push_dataset_to_hub|repo_id",
                    "nothing is pushed to a hub; mvn deploy publishes the adapter"),
            form(".*token|.*api_?key", "secrets stay in the environment"),
            form(
                    "output_dir|overwrite_output_dir|save_.*|saves_per_epoch|run_name|backend|lora_out_dir|auto_resume.*"
                            + "|resume_from_checkpoint|load_best_model_at_end|metric_for_best_model|greater_is_better",
                    "the build decides where results and checkpoints go, and resumes by itself"),
            form(
                    "fsdp.*|deepspeed.*|ddp.*|ds_config.*|tensor_parallel_size|context_parallel.*|expert_parallel_size"
                            + "|sequence_parallel.*|pipeline_.*|dp_shard_size|dp_replicate_size|ray_.*|num_processes"
                            + "|local_rank|device_map|gpu_ids|accelerat.*",
                    "one process on one device; training.offload saves memory"),
            form(
                    "flash_attn.*|flash_attention|attn_implementation|xformers_attention|sdp_attention|flex_.*"
                            + "|s2_attention|liger_.*|use_liger.*|enable_liger.*|lora_.*_kernel|torch_compile.*|tf32"
                            + "|unsloth.*|use_unsloth.*|cut_cross_entropy|use_kernels|plugins|use_v1_kernels|use_reentrant"
                            + "|gradient_checkpointing_kwargs|activation_offloading|low_cpu_mem_usage|bf16_full_eval"
                            + "|use_cache|torchdistx_path|noisy_embedding.*",
                    "kernels are the engine's own choice"),
            form(
                    ".*num_workers|.*num_proc|dataset_processes|dataloader_.*|dataset_prepared_path|overwrite_cache"
                            + "|preprocessing_.*|remove_unused_columns|skip_prepare_dataset|shuffle_merged_datasets|streaming"
                            + "|tokenized_path|shuffle|dataset_kwargs|dataset_shard.*|padding_side|padding|cache_dir",
                    "the dataset is prepared once, in the same way on every machine"),
            form(
                    "sample_packing.*|eval_sample_packing|packing.*|neat_packing|pad_to_sequence_len|group_by_length"
                            + "|padding_free|multipack_real_batches|batching_strategy|pad_to_multiple_of|padding_strategy"
                            + "|max_packed_sequence_len|eval_packing",
                    "batches are grouped by length and no document sees another, so this changes no result"),
            form(
                    "special_tokens|eot_tokens|tokens|added_tokens_overrides|resize_.*|add_tokens|new_special_tokens"
                            + "|eos_token|pad_token|add_special_tokens|embeddings_skip_upcast",
                    "the base's tokenizer stays as it is; dataset.endToken names the end of an answer"),
            form(
                    "model_type|tokenizer_type|processor_type|is_.*_derived_model|tokenizer_use_fast|tokenizer_legacy"
                            + "|use_fast_tokenizer|base_model_config|tokenizer_config|tokenizer_use_mistral_common"
                            + "|model_config|overrides_of_model_config|overrides_of_model_kwargs",
                    "the base's own files say this"),
            form("torch_dtype|dtype|float16|float32|bfloat16|downcast_bf16", "training.precision says it"),
            form(
                    "config|dataset_config|columns|weight|name|mixing_strategy|interleave_probs|mix_strategy",
                    "dataset.train names the files; every row counts once"),
            form(
                    "image_.*|video_.*|audio_.*|media_dir|freeze_vision_tower|freeze_multi_modal_projector"
                            + "|freeze_language_model|freeze_mm_modules",
                    "only text is learned"),
            form("trust_remote_code.*", "code of a model is never run"),
            form(
                    "lora_modules_to_save|modules_to_save|additional_target|unfrozen_parameters|lora_target_parameters",
                    "only the matrices of the adapter are trained"),
            form(
                    "train_on_eos|train_on_eot|roles_to_train|efficient_eos|ignore_pad_token_for_loss|roles|message_.*"
                            + "|field_messages|conversation",
                    "every answer is learned, with its end token; see dataset.learn and docs/rows.md"),
            form(
                    "evals_per_epoch|eval_strategy|evaluation_strategy|do_eval|eval_on_start|eval_batch_size"
                            + "|per_device_eval_batch_size|eval_accumulation_steps|eval_max_new_tokens|eval_table.*"
                            + "|eval_causal_lm_metrics|predict_with_generate|compute_accuracy|do_predict|eval_on_each_dataset",
                    "validated once per epoch; see training.validateEvery"),
            form(
                    "strict|debug|debug_.*|seed_.*|data_seed|full_determinism|loss_watchdog.*|local_files_only|profiler.*",
                    "not needed here"),
            form(
                    "neftune.*|loraplus.*|.*lisa.*|relora.*|galore.*|use_galore.*|badam.*|use_badam.*|apollo.*"
                            + "|use_apollo.*|pissa.*|qat|use_dft.*|use_eaft.*|fp8.*|mixture_of_depths|shift_attn"
                            + "|rope_scaling|lr_scheduler_kwargs|cosine_.*|adam_.*|lr_groups|.*_loss|loraplus_lr_ratio"
                            + "|label_smoothing.*|lora_fan_in_fan_out|lora_bias|peft_layers.*|peft_init.*|init_lora.*",
                    "this method or fine point is not available"),
            form(
                    "id|object|created_at|finished_at|estimated_finish|status|trained_tokens|result_files|error"
                            + "|organization_id|fine_tuned_model|metadata|hyperparameters|user_provided_suffix",
                    "about that one job"));

    private Leftovers() {}

    /** A few words for a key. */
    static String reason(String key) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        for (Form form : FORMS) {
            if (form.key.matcher(name).matches()) {
                return form.reason;
            }
        }
        return "not known to the importer; docs/spec.md lists what a spec can say";
    }

    private static Form form(String key, String reason) {
        return new Form(Pattern.compile(key), reason);
    }
}
