"""The config.json files of published checkpoints: every key as published, values as published but for sizes.

`CHECKPOINTS` names, for each configuration, the checkpoints that have these keys and, sizes apart, these values. Those
of `RECALLED` were written down without a copy of the file at hand.
`shrink` makes a model of it that fits into a test: sizes are small, and lengths are divided by 512, so that windows end
and contexts are stretched within a short document.
"""

import copy

TEXT = 96  # rows of the embedding


def llama(version, **keys):
    common = dict(
        architectures=["LlamaForCausalLM"], bos_token_id=1, eos_token_id=2, hidden_act="silu", hidden_size=4096,
        initializer_range=0.02, intermediate_size=11008, max_position_embeddings=4096, model_type="llama",
        num_attention_heads=32, num_hidden_layers=32, num_key_value_heads=32, rms_norm_eps=1e-05, rope_scaling=None,
        tie_word_embeddings=False, torch_dtype="bfloat16", transformers_version=version, use_cache=True,
        vocab_size=32000)
    return common | keys


def llama3(version, **keys):
    return llama(version, **dict(
        attention_bias=False, attention_dropout=0.0, bos_token_id=128000, eos_token_id=128001,
        intermediate_size=14336, max_position_embeddings=8192, num_key_value_heads=8, pretraining_tp=1,
        rope_theta=500000.0, vocab_size=128256) | keys)


LLAMA3_ROPE = dict(factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192,
                   rope_type="llama3")
JS = dict(kv_cache_dtype=dict(q4f16="float16", fp16="float16"))


def smollm(version, **keys):
    return llama(version, **dict(
        attention_bias=False, attention_dropout=0.0, bos_token_id=0, eos_token_id=0, hidden_size=576,
        initializer_range=0.02, intermediate_size=1536, max_position_embeddings=2048, mlp_bias=False,
        num_attention_heads=9, num_hidden_layers=30, num_key_value_heads=3, pretraining_tp=1, rope_theta=10000.0,
        tie_word_embeddings=True, vocab_size=49152) | keys)


def mistral(version, **keys):
    common = dict(
        architectures=["MistralForCausalLM"], bos_token_id=1, eos_token_id=2, hidden_act="silu", hidden_size=4096,
        initializer_range=0.02, intermediate_size=14336, max_position_embeddings=32768, model_type="mistral",
        num_attention_heads=32, num_hidden_layers=32, num_key_value_heads=8, rms_norm_eps=1e-05, rope_theta=10000.0,
        sliding_window=4096, tie_word_embeddings=False, torch_dtype="bfloat16", transformers_version=version,
        use_cache=True, vocab_size=32000)
    return common | keys


def qwen2(version, **keys):
    common = dict(
        architectures=["Qwen2ForCausalLM"], attention_dropout=0.0, bos_token_id=151643, eos_token_id=151645,
        hidden_act="silu", hidden_size=3584, initializer_range=0.02, intermediate_size=18944,
        max_position_embeddings=32768, max_window_layers=28, model_type="qwen2", num_attention_heads=28,
        num_hidden_layers=28, num_key_value_heads=4, rms_norm_eps=1e-06, rope_theta=1000000.0, sliding_window=131072,
        tie_word_embeddings=False, torch_dtype="bfloat16", transformers_version=version, use_cache=True,
        use_sliding_window=False, vocab_size=152064)
    return common | keys


def qwen3(version, **keys):
    common = dict(
        architectures=["Qwen3ForCausalLM"], attention_bias=False, attention_dropout=0.0, bos_token_id=151643,
        eos_token_id=151645, head_dim=128, hidden_act="silu", hidden_size=4096, initializer_range=0.02,
        intermediate_size=12288, max_position_embeddings=40960, max_window_layers=36, model_type="qwen3",
        num_attention_heads=32, num_hidden_layers=36, num_key_value_heads=8, rms_norm_eps=1e-06, rope_scaling=None,
        rope_theta=1000000, sliding_window=None, tie_word_embeddings=False, torch_dtype="bfloat16",
        transformers_version=version, use_cache=True, use_sliding_window=False, vocab_size=151936)
    return common | keys


def phi3(version, **keys):
    common = dict(
        architectures=["Phi3ForCausalLM"], attention_bias=False, attention_dropout=0.0,
        auto_map=dict(AutoConfig="configuration_phi3.Phi3Config",
                      AutoModelForCausalLM="modeling_phi3.Phi3ForCausalLM"),
        bos_token_id=1, embd_pdrop=0.0, eos_token_id=32000, hidden_act="silu", hidden_size=3072,
        initializer_range=0.02, intermediate_size=8192, max_position_embeddings=4096, model_type="phi3",
        num_attention_heads=32, num_hidden_layers=32, num_key_value_heads=32, original_max_position_embeddings=4096,
        pad_token_id=32000, resid_pdrop=0.0, rms_norm_eps=1e-05, rope_scaling=None, rope_theta=10000.0,
        sliding_window=2047, tie_word_embeddings=False, torch_dtype="bfloat16", transformers_version=version,
        use_cache=True, vocab_size=32064)
    return common | keys


LONGROPE = dict(type="longrope", long_factor="LONG", short_factor="SHORT")
PHI4_MINI = dict(
    _name_or_path="Phi-4-mini-instruct", bos_token_id=199999, eos_token_id=199999, full_attn_mod=1,
    interpolate_factor=1, lm_head_bias=False, max_position_embeddings=131072, mlp_bias=False, num_attention_heads=24,
    num_key_value_heads=8, pad_token_id=199999, partial_rotary_factor=0.75, rope_scaling=LONGROPE,
    sliding_window=262144, tie_word_embeddings=True, vocab_size=200064)


def gemma(version, **keys):
    common = dict(
        architectures=["GemmaForCausalLM"], attention_bias=False, attention_dropout=0.0, bos_token_id=2,
        eos_token_id=1, head_dim=256, hidden_act="gelu", hidden_size=2048, initializer_range=0.02,
        intermediate_size=16384, max_position_embeddings=8192, model_type="gemma", num_attention_heads=8,
        num_hidden_layers=18, num_key_value_heads=1, pad_token_id=0, rms_norm_eps=1e-06, rope_scaling=None,
        rope_theta=10000.0, torch_dtype="bfloat16", transformers_version=version, use_cache=True, vocab_size=256000)
    return common | keys


def gemma2(version, **keys):
    common = dict(
        architectures=["Gemma2ForCausalLM"], attention_bias=False, attention_dropout=0.0, attn_logit_softcapping=50.0,
        bos_token_id=2, cache_implementation="hybrid", eos_token_id=1, final_logit_softcapping=30.0, head_dim=256,
        hidden_act="gelu_pytorch_tanh", hidden_activation="gelu_pytorch_tanh", hidden_size=3584,
        initializer_range=0.02, intermediate_size=14336, max_position_embeddings=8192, model_type="gemma2",
        num_attention_heads=16, num_hidden_layers=42, num_key_value_heads=8, pad_token_id=0,
        query_pre_attn_scalar=256, rms_norm_eps=1e-06, rope_theta=10000.0, sliding_window=4096,
        torch_dtype="bfloat16", transformers_version=version, use_cache=True, vocab_size=256000)
    return common | keys


def gemma3(version, **keys):
    common = dict(
        architectures=["Gemma3ForCausalLM"], attention_bias=False, attention_dropout=0.0, attn_logit_softcapping=None,
        bos_token_id=2, cache_implementation="hybrid", eos_token_id=[1, 106], final_logit_softcapping=None,
        head_dim=256, hidden_activation="gelu_pytorch_tanh", hidden_size=1152, initializer_range=0.02,
        intermediate_size=6912, max_position_embeddings=32768, model_type="gemma3_text", num_attention_heads=4,
        num_hidden_layers=26, num_key_value_heads=1, pad_token_id=0, query_pre_attn_scalar=256, rms_norm_eps=1e-06,
        rope_local_base_freq=10000, rope_scaling=None, rope_theta=1000000, sliding_window=512,
        sliding_window_pattern=6, torch_dtype="bfloat16", transformers_version=version, use_cache=True,
        vocab_size=262144)
    return common | keys


def gemma3_seeing(version, text, **keys):
    return dict(
        architectures=["Gemma3ForConditionalGeneration"], boi_token_index=255999, eoi_token_index=256000,
        eos_token_id=[1, 106], image_token_index=262144, initializer_range=0.02, mm_tokens_per_image=256,
        model_type="gemma3", text_config=text, torch_dtype="bfloat16", transformers_version=version,
        vision_config=dict(
            hidden_size=1152, image_size=896, intermediate_size=4304, model_type="siglip_vision_model",
            num_attention_heads=16, num_hidden_layers=27, patch_size=14, vision_use_head=False)) | keys


GEMMA3_4B = dict(hidden_size=2560, intermediate_size=10240, model_type="gemma3_text", num_hidden_layers=34,
                 rope_scaling=dict(factor=8.0, rope_type="linear"), sliding_window=1024)
GEMMA3_12B = dict(hidden_size=3840, intermediate_size=15360, model_type="gemma3_text", num_attention_heads=16,
                  num_hidden_layers=48, num_key_value_heads=8, rope_scaling=dict(factor=8.0, rope_type="linear"),
                  sliding_window=1024)
GEMMA3_27B = dict(head_dim=128, hidden_size=5376, intermediate_size=21504, model_type="gemma3_text",
                  num_attention_heads=32, num_hidden_layers=62, num_key_value_heads=16, query_pre_attn_scalar=168,
                  rope_scaling=dict(factor=8.0, rope_type="linear"), sliding_window=1024)


def without(config, *keys):
    return {key: value for key, value in config.items() if key not in keys}


# name of the configuration: (the checkpoints, the configuration)
CHECKPOINTS = {
    "llama-2": (
        ["meta-llama/Llama-2-7b-hf", "meta-llama/Llama-2-7b-chat-hf", "meta-llama/Llama-2-13b-hf",
         "meta-llama/Llama-2-13b-chat-hf"],
        llama("4.31.0.dev0", _name_or_path="meta-llama/Llama-2-7b-hf", pretraining_tp=1, torch_dtype="float16")),
    "llama-2-70b": (
        ["meta-llama/Llama-2-70b-hf", "meta-llama/Llama-2-70b-chat-hf"],
        without(llama("4.31.0.dev0", hidden_size=8192, intermediate_size=28672, num_attention_heads=64,
                      num_hidden_layers=80, num_key_value_heads=8, pad_token_id=0, torch_dtype="float16"),
                "rope_scaling")),
    "llama-2-13b-first": (
        ["meta-llama/Llama-2-13b-hf of July 2023"],
        llama("4.31.0.dev0", pad_token_id=0, pretraining_tp=2, torch_dtype="float16", max_position_embeddings=2048)),
    "vicuna-1.5": (
        ["lmsys/vicuna-7b-v1.5", "lmsys/vicuna-13b-v1.5"],
        llama("4.31.0", _name_or_path="vicuna-7b-v1.5", pad_token_id=0, pretraining_tp=1, torch_dtype="float16")),
    "vicuna-1.5-16k": (
        ["lmsys/vicuna-7b-v1.5-16k", "lmsys/vicuna-13b-v1.5-16k"],
        llama("4.31.0", _name_or_path="vicuna-7b-v1.5-16k", max_sequence_length=16384, pad_token_id=0,
              pretraining_tp=1, rope_scaling=dict(factor=4.0, type="linear"), torch_dtype="float16")),
    "codellama": (
        ["codellama/CodeLlama-7b-hf", "codellama/CodeLlama-13b-hf", "codellama/CodeLlama-34b-hf",
         "codellama/CodeLlama-7b-Instruct-hf"],
        llama("4.33.0.dev0", _name_or_path="codellama/CodeLlama-7b-hf", max_position_embeddings=16384,
              pretraining_tp=1, rope_theta=1000000, vocab_size=32016)),
    "tinyllama": (
        ["TinyLlama/TinyLlama-1.1B-Chat-v1.0"],
        llama("4.35.0", attention_bias=False, hidden_size=2048, intermediate_size=5632, max_position_embeddings=2048,
              num_hidden_layers=22, num_key_value_heads=4, pretraining_tp=1, rope_theta=10000.0)),
    "tinyllama-base": (
        ["TinyLlama/TinyLlama-1.1B-intermediate-step-1431k-3T", "TinyLlama/TinyLlama-1.1B-Chat-v0.4"],
        llama("4.33.1", hidden_size=2048, intermediate_size=5632, max_position_embeddings=2048, num_hidden_layers=22,
              num_key_value_heads=4, pretraining_tp=1, rope_theta=10000.0, torch_dtype="float32", use_cache=False)),
    "llama-3": (
        ["meta-llama/Meta-Llama-3-8B", "meta-llama/Meta-Llama-3-8B-Instruct", "meta-llama/Meta-Llama-3-70B"],
        llama3("4.40.0.dev0")),
    "llama-3.1": (
        ["meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-70B",
         "meta-llama/Llama-3.3-70B-Instruct"],
        llama3("4.43.0.dev0", eos_token_id=[128001, 128008, 128009], max_position_embeddings=131072, mlp_bias=False,
               rope_scaling=LLAMA3_ROPE)),
    "llama-3.2": (
        ["meta-llama/Llama-3.2-1B", "meta-llama/Llama-3.2-1B-Instruct", "meta-llama/Llama-3.2-3B",
         "meta-llama/Llama-3.2-3B-Instruct"],
        llama3("4.45.0.dev0", eos_token_id=[128001, 128008, 128009], head_dim=64, hidden_size=2048,
               intermediate_size=8192, max_position_embeddings=131072, mlp_bias=False,
               rope_scaling=LLAMA3_ROPE | dict(factor=32.0), tie_word_embeddings=True)),
    "llama-3.2-unsloth": (
        ["unsloth/Llama-3.2-1B-Instruct", "unsloth/Llama-3.2-3B-Instruct"],
        llama3("4.52.0.dev0", eos_token_id=128009, head_dim=64, hidden_size=2048, intermediate_size=8192,
               max_position_embeddings=131072, mlp_bias=False, pad_token_id=128004,
               rope_scaling=LLAMA3_ROPE | dict(factor=32.0), tie_word_embeddings=True, unsloth_fixed=True)),
    "r1-distill-llama": (
        ["deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"],
        llama3("4.43.0.dev0", max_position_embeddings=131072, mlp_bias=False, rope_scaling=LLAMA3_ROPE)),
    "smollm": (
        ["HuggingFaceTB/SmolLM-135M", "HuggingFaceTB/SmolLM-360M", "HuggingFaceTB/SmolLM-1.7B"],
        smollm("4.42.3", _name_or_path="HuggingFaceTB/cosmo2-135M-webinst-sc2")),
    "smollm2": (
        ["HuggingFaceTB/SmolLM2-135M", "HuggingFaceTB/SmolLM2-360M"],
        smollm("4.40.1", initializer_range=0.041666666666666664, is_llama_config=True, max_position_embeddings=8192,
               rope_interleaved=False, rope_theta=100000)),
    "smollm2-instruct": (
        ["HuggingFaceTB/SmolLM2-135M-Instruct", "HuggingFaceTB/SmolLM2-360M-Instruct"],
        smollm("4.42.3", bos_token_id=1, eos_token_id=2, initializer_range=0.041666666666666664,
               is_llama_config=True, max_position_embeddings=8192, pad_token_id=2, rope_interleaved=False,
               rope_theta=100000) | {"transformers.js_config": JS}),
    "smollm2-1.7b-instruct": (
        ["HuggingFaceTB/SmolLM2-1.7B-Instruct"],
        smollm("4.42.3", bos_token_id=1, eos_token_id=2, hidden_size=2048, intermediate_size=8192,
               max_position_embeddings=8192, num_attention_heads=32, num_key_value_heads=32, pad_token_id=2,
               rope_theta=130000) | {"transformers.js_config": JS}),
    "yi": (
        ["01-ai/Yi-6B", "01-ai/Yi-6B-Chat", "01-ai/Yi-34B"],
        llama("4.34.0", intermediate_size=11008, num_key_value_heads=4, pad_token_id=0, pretraining_tp=1,
              rope_theta=5000000.0, vocab_size=64000)),
    "yi-1.5": (
        ["01-ai/Yi-1.5-6B", "01-ai/Yi-1.5-9B", "01-ai/Yi-1.5-34B"],
        without(llama("4.40.0", attention_bias=False, attention_dropout=0.0, num_key_value_heads=4, pad_token_id=0,
                      pretraining_tp=1, rms_norm_eps=1e-06, rope_theta=5000000.0, vocab_size=64000), "")),
    "deepseek-coder": (
        ["deepseek-ai/deepseek-coder-1.3b-base", "deepseek-ai/deepseek-coder-6.7b-instruct"],
        llama("4.34.1", bos_token_id=32013, eos_token_id=32021, max_position_embeddings=16384, pretraining_tp=1,
              rms_norm_eps=1e-06, rope_scaling=dict(factor=4.0, type="linear"), rope_theta=100000,
              vocab_size=32256)),
    "deepseek-llm": (
        ["deepseek-ai/deepseek-llm-7b-base", "deepseek-ai/deepseek-llm-7b-chat"],
        llama("4.33.1", bos_token_id=100000, eos_token_id=100001, pretraining_tp=1, rms_norm_eps=1e-06,
              rope_theta=10000.0, vocab_size=102400)),
    "mistral-7b-0.1": (
        ["mistralai/Mistral-7B-v0.1", "mistralai/Mistral-7B-Instruct-v0.1"], mistral("4.34.0.dev0")),
    "mistral-7b-0.2": (
        ["mistralai/Mistral-7B-Instruct-v0.2"],
        mistral("4.36.0", attention_dropout=0.0, rope_theta=1000000.0, sliding_window=None)),
    "mistral-7b-0.3": (
        ["mistralai/Mistral-7B-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"],
        mistral("4.42.0.dev0", attention_dropout=0.0, rope_theta=1000000.0, sliding_window=None, vocab_size=32768)),
    "zephyr": (
        ["HuggingFaceH4/zephyr-7b-beta"],
        mistral("4.35.0", _name_or_path="HuggingFaceH4/mistral-7b-sft-beta", pad_token_id=2)),
    "mistral-nemo": (
        ["mistralai/Mistral-Nemo-Base-2407", "mistralai/Mistral-Nemo-Instruct-2407"],
        mistral("4.43.0.dev0", attention_dropout=0.0, head_dim=128, hidden_size=5120, max_position_embeddings=131072,
                num_hidden_layers=40, rope_theta=1000000.0, sliding_window=None, vocab_size=131072)),
    "mistral-small": (
        ["mistralai/Mistral-Small-24B-Base-2501", "mistralai/Mistral-Small-24B-Instruct-2501"],
        mistral("4.49.0.dev0", attention_dropout=0.0, head_dim=128, hidden_size=5120, intermediate_size=32768,
                num_hidden_layers=40, rope_theta=100000000.0, sliding_window=None, vocab_size=131072)),
    "ministral-8b": (
        ["mistralai/Ministral-8B-Instruct-2410"],
        mistral("4.46.0.dev0", attention_dropout=0.0, head_dim=128, intermediate_size=12288, num_hidden_layers=36,
                rope_theta=100000000.0, sliding_window=32768, vocab_size=131072)),
    "qwen1.5": (
        ["Qwen/Qwen1.5-0.5B", "Qwen/Qwen1.5-1.8B-Chat", "Qwen/Qwen1.5-7B-Chat"],
        qwen2("4.37.0", hidden_size=2048, max_window_layers=21, num_attention_heads=16, num_hidden_layers=24,
              num_key_value_heads=16, sliding_window=32768, vocab_size=151936)),
    "qwen2": (
        ["Qwen/Qwen2-0.5B", "Qwen/Qwen2-0.5B-Instruct", "Qwen/Qwen2-1.5B", "Qwen/Qwen2-1.5B-Instruct"],
        qwen2("4.40.1", hidden_size=896, intermediate_size=4864, max_position_embeddings=131072, max_window_layers=24,
              num_attention_heads=14, num_hidden_layers=24, num_key_value_heads=2, tie_word_embeddings=True,
              vocab_size=151936)),
    "qwen2-7b": (
        ["Qwen/Qwen2-7B", "Qwen/Qwen2-7B-Instruct", "Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-Coder-7B-Instruct",
         "Qwen/Qwen2.5-14B-Instruct", "Qwen/Qwen2.5-32B-Instruct"],
        qwen2("4.43.1")),
    "qwen2.5": (
        ["Qwen/Qwen2.5-0.5B", "Qwen/Qwen2.5-1.5B", "Qwen/Qwen2.5-3B", "Qwen/Qwen2.5-0.5B-Instruct"],
        qwen2("4.40.1", eos_token_id=151643, hidden_size=896, num_attention_heads=14, num_key_value_heads=2,
              sliding_window=32768, tie_word_embeddings=True, use_mrope=False, vocab_size=151936)),
    "qwen2.5-math": (
        ["Qwen/Qwen2.5-Math-1.5B", "Qwen/Qwen2.5-Math-7B"],
        qwen2("4.44.0", eos_token_id=151643, max_position_embeddings=4096, rope_theta=10000, sliding_window=4096,
              use_mrope=False)),
    "qwen2.5-yarn": (
        ["Qwen/Qwen2.5-7B-Instruct with the yarn of its model card"],
        qwen2("4.43.1", rope_scaling=dict(factor=4.0, original_max_position_embeddings=32768, type="yarn"))),
    "qwen2.5-1m": (
        ["Qwen/Qwen2.5-7B-Instruct-1M", "Qwen/Qwen2.5-14B-Instruct-1M"],
        qwen2("4.47.1", dual_chunk_attention_config=dict(
            chunk_size=262144, local_size=8192, original_max_position_embeddings=262144),
            max_position_embeddings=1010000, rope_theta=10000000.0, sliding_window=32768)),
    "qwq": (
        ["Qwen/QwQ-32B", "Qwen/QwQ-32B-Preview"],
        qwen2("4.43.1", hidden_size=5120, max_position_embeddings=131072, max_window_layers=64, num_attention_heads=40,
              num_hidden_layers=64, num_key_value_heads=8, rms_norm_eps=1e-05, sliding_window=32768)),
    "r1-distill-qwen": (
        ["deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
         "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B"],
        qwen2("4.44.0", eos_token_id=151643, hidden_size=1536, max_position_embeddings=131072, max_window_layers=21,
              num_attention_heads=12, num_key_value_heads=2, rope_theta=10000, sliding_window=4096,
              use_mrope=False, vocab_size=151936)),
    "qwen3": (
        ["Qwen/Qwen3-8B", "Qwen/Qwen3-14B", "Qwen/Qwen3-32B", "Qwen/Qwen3-8B-Base"], qwen3("4.51.0")),
    "qwen3-tied": (
        ["Qwen/Qwen3-0.6B", "Qwen/Qwen3-1.7B", "Qwen/Qwen3-4B"],
        qwen3("4.51.0", hidden_size=1024, intermediate_size=3072, max_window_layers=28, num_attention_heads=16,
              num_hidden_layers=28, tie_word_embeddings=True)),
    "qwen3-2507": (
        ["Qwen/Qwen3-4B-Instruct-2507", "Qwen/Qwen3-4B-Thinking-2507"],
        qwen3("4.51.0", hidden_size=2560, intermediate_size=9728, max_position_embeddings=262144, rope_theta=5000000,
              tie_word_embeddings=True)),
    "qwen3-yarn": (
        ["Qwen/Qwen3-8B with the yarn of its model card"],
        qwen3("4.51.0", rope_scaling=dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=32768))),
    "phi-3-mini-4k": (
        ["microsoft/Phi-3-mini-4k-instruct"], phi3("4.40.2", _name_or_path="Phi-3-mini-4k-instruct")),
    "phi-3-medium-4k": (
        ["microsoft/Phi-3-medium-4k-instruct"],
        phi3("4.39.3", _name_or_path="Phi-3-medium-4k-instruct", hidden_size=5120, intermediate_size=17920,
             num_attention_heads=40, num_hidden_layers=40, num_key_value_heads=10, pad_token_id=None)),
    "phi-3-mini-128k": (
        ["microsoft/Phi-3-mini-128k-instruct", "microsoft/Phi-3.5-mini-instruct"],
        phi3("4.40.2", _name_or_path="Phi-3-mini-128k-instruct", max_position_embeddings=131072,
             rope_scaling=LONGROPE, sliding_window=262144)),
    "phi-3-128k-su": (
        ["microsoft/Phi-3-mini-128k-instruct of April 2024"],
        phi3("4.39.3", max_position_embeddings=131072, rope_scaling=LONGROPE | dict(type="su"), sliding_window=131072)),
    "phi-4": (
        ["microsoft/phi-4"],
        phi3("4.47.0", auto_map={}, bos_token_id=100257, eos_token_id=100265, hidden_size=5120,
             intermediate_size=17920, max_position_embeddings=16384, num_attention_heads=40, num_hidden_layers=40,
             num_key_value_heads=10, original_max_position_embeddings=16384, pad_token_id=100349, rope_theta=250000,
             sliding_window=None, vocab_size=100352)),
    "phi-4-mini": (
        ["microsoft/Phi-4-mini-instruct"],
        phi3("4.45.0", **PHI4_MINI) | dict(auto_map=dict(
            AutoConfig="configuration_phi3.Phi3Config", AutoModelForCausalLM="modeling_phi3.Phi3ForCausalLM",
            AutoTokenizer="Xenova/gpt-4o"))),
    "gemma-2b": (["google/gemma-2b", "google/gemma-2b-it"], gemma("4.38.0.dev0")),
    "gemma-7b": (
        ["google/gemma-7b", "google/gemma-7b-it"],
        gemma("4.38.0.dev0", hidden_act="gelu", hidden_size=3072, intermediate_size=24576, num_attention_heads=16,
              num_hidden_layers=28, num_key_value_heads=16)),
    "gemma-1.1": (
        ["google/gemma-1.1-2b-it", "google/gemma-1.1-7b-it", "google/codegemma-7b-it"],
        gemma("4.38.2", hidden_act="gelu_pytorch_tanh", hidden_activation="gelu_pytorch_tanh")),
    "codegemma": (
        ["google/codegemma-2b", "google/codegemma-7b"],
        gemma("4.39.3", hidden_act="gelu_pytorch_tanh", hidden_activation=None)),
    "gemma-2-2b": (
        ["google/gemma-2-2b", "google/gemma-2-2b-it"],
        gemma2("4.42.4", hidden_size=2304, num_attention_heads=8, num_hidden_layers=26, num_key_value_heads=4,
               torch_dtype="float32")),
    "gemma-2-2b-jpn": (
        ["google/gemma-2-2b-jpn-it"],
        gemma2("4.44.2", dtype="bfloat16", hidden_size=2304, num_attention_heads=8, num_hidden_layers=26,
               num_key_value_heads=4, query_pre_attn_scalar=224)),
    "gemma-2-9b": (
        ["google/gemma-2-9b", "google/gemma-2-9b-it"], gemma2("4.42.0.dev0", sliding_window_size=4096)),
    "gemma-2-27b": (
        ["google/gemma-2-27b", "google/gemma-2-27b-it"],
        gemma2("4.42.0.dev0", _attn_implementation="eager", head_dim=128, hidden_size=4608, num_attention_heads=32,
               num_hidden_layers=46, num_key_value_heads=16, query_pre_attn_scalar=144, sliding_window_size=4096)),
    "gemma-3-270m": (
        ["google/gemma-3-270m", "google/gemma-3-270m-it"],
        without(gemma3("4.55.0.dev0", _sliding_window_pattern=6, eos_token_id=1, hidden_size=640,
                       intermediate_size=2048, layer_types="LAYERS", num_hidden_layers=18,
                       use_bidirectional_attention=False),
                "cache_implementation", "sliding_window_pattern")),
    "gemma-3-1b": (["google/gemma-3-1b-pt", "google/gemma-3-1b-it"], gemma3("4.50.0.dev0")),
    "gemma-3-4b": (["google/gemma-3-4b-pt", "google/gemma-3-4b-it"], gemma3_seeing("4.50.0.dev0", GEMMA3_4B)),
    "gemma-3-12b": (["google/gemma-3-12b-pt", "google/gemma-3-12b-it"], gemma3_seeing("4.50.0.dev0", GEMMA3_12B)),
    "gemma-3-27b": (["google/gemma-3-27b-pt", "google/gemma-3-27b-it"], gemma3_seeing("4.50.0.dev0", GEMMA3_27B)),
    "gemma-3-4b-unsloth": (
        ["unsloth/gemma-3-4b-it"],
        gemma3_seeing("4.51.3", without(
            gemma3("", **GEMMA3_4B | dict(max_position_embeddings=131072, num_attention_heads=8,
                                          num_key_value_heads=4, vocab_size=262208)),
            "architectures", "transformers_version", "bos_token_id", "eos_token_id", "pad_token_id"),
            bos_token_id=2, pad_token_id=0, unsloth_fixed=True)),
    "translategemma": (
        ["google/translategemma-4b-it"],
        gemma3_seeing("4.57.3", without(
            gemma3("", **GEMMA3_4B | dict(
                _sliding_window_pattern=6, dtype="bfloat16", layer_types="LAYERS", max_position_embeddings=131072,
                num_attention_heads=8, num_key_value_heads=4, vocab_size=262208, rope_scaling=None,
                rope_parameters=dict(full_attention=dict(factor=8.0, rope_type="linear"),
                                     sliding_attention=dict(rope_type="default")),
                use_bidirectional_attention=False)),
            "architectures", "transformers_version", "bos_token_id", "eos_token_id", "pad_token_id",
            "cache_implementation", "sliding_window_pattern", "torch_dtype"))),
}


RECALLED = {
    "codegemma", "deepseek-llm", "gemma-1.1", "mistral-7b-0.2", "mistral-small", "qwen2.5-math", "qwen3-2507",
    "r1-distill-llama", "yi", "yi-1.5", "zephyr"}


def shrink(published):
    """The same with small sizes."""
    config = copy.deepcopy(published)
    if "vision_config" in config:
        config["text_config"] = shrink_text(config["text_config"], TEXT)
        config["vision_config"].update(
            hidden_size=8, image_size=28, intermediate_size=8, num_attention_heads=1, num_hidden_layers=1)
        for key in ("boi_token_index", "eoi_token_index", "image_token_index", "bos_token_id", "eos_token_id"):
            if key in config:
                config[key] = token(config[key])
        config["mm_tokens_per_image"] = 4
        return config
    return shrink_text(config, TEXT)


def shrink_text(config, rows):
    family = config["model_type"]
    gemma3_family = family == "gemma3_text"
    config["hidden_size"] = 32
    config["intermediate_size"] = 40
    config["num_hidden_layers"] = 6 if gemma3_family else 2
    if "vocab_size" in config or gemma3_family:
        config["vocab_size"] = rows
    heads, kv = config.get("num_attention_heads", 8), config.get("num_key_value_heads", 4)
    config["num_attention_heads"] = 4
    config["num_key_value_heads"] = 4 if kv == heads else 1 if kv == 1 else 2
    if "head_dim" in config or gemma3_family:
        config["head_dim"] = 16
    if "max_window_layers" in config:
        config["max_window_layers"] = config["num_hidden_layers"]
    if "query_pre_attn_scalar" in config:
        config["query_pre_attn_scalar"] = config["query_pre_attn_scalar"] // 8
    for key in ("max_position_embeddings", "original_max_position_embeddings", "sliding_window",
                "sliding_window_size", "max_sequence_length"):
        shorten(config, key)
    for part in ("rope_scaling", "dual_chunk_attention_config"):
        for key in ("original_max_position_embeddings", "chunk_size", "local_size"):
            shorten(config.get(part) or {}, key)
    scaling = config.get("rope_scaling") or {}
    pairs = int(32 // 4 * config.get("partial_rotary_factor", 1)) // 2
    for key, step in (("short_factor", 0.1), ("long_factor", 0.9)):
        if key in scaling:
            scaling[key] = [1 + round(step * i, 1) for i in range(pairs)]
    if "layer_types" in config:
        config["layer_types"] = ["sliding_attention"] * 5 + ["full_attention"]
    for key in ("bos_token_id", "eos_token_id", "pad_token_id"):
        if key in config:
            config[key] = token(config[key])
    return config


def shorten(config, key):
    if config.get(key) is not None:
        config[key] = max(4, config[key] // 512)


def token(ids):
    if isinstance(ids, list):
        return [token(each) for each in ids]
    return ids if ids is None or ids < TEXT else 3 + ids % (TEXT - 3)
