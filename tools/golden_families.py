"""Writes one tiny random checkpoint a family, and what transformers and PEFT compute with it.

    pip install -r tools/requirements.txt
    python tools/golden_families.py [NAME ...]

The output (see tools/README.md) is the same at every run; everything is float32 on one thread.
"""

import json
import shutil
import sys

from golden_llama import MODELS, greedy, lora_state, mean_loss, train  # also fixes PYTHONHASHSEED

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM
from transformers import Gemma2Config, Gemma3TextConfig, GemmaConfig, LlamaConfig, MistralConfig
from transformers import Phi3Config, Qwen2Config, Qwen3Config

FAMILIES = MODELS / "families"
ROWS = 96
LENGTHS = (1, 12, 40)  # of the documents; contexts of 16 are stretched, windows are of 8
ANSWERS = (0, 5, 20)

COMMON = dict(
    vocab_size=ROWS,
    hidden_size=32,
    intermediate_size=40,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=64,
    rms_norm_eps=1e-3,
    bos_token_id=0,
    eos_token_id=1,
    pad_token_id=2,
)


def changed(**keys):
    return lambda model: load(model.name_or_path, **keys)


def weights(part, value):
    """The same model with the weights of some modules set to a value."""

    def change(model):
        model = load(model.name_or_path)
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                if part in name:
                    parameter.fill_(value)
        return model

    return change


LLAMA3 = dict(
    rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=16
)
YARN = dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=16)
SHORT = [1.0, 1.1, 1.2, 1.3]
LONGROPE = dict(type="longrope", short_factor=SHORT, long_factor=[1.5, 2.0, 4.0, 8.0])

# name: the configuration, and for each feature the same model without it
VARIANTS = {
    "llama": (
        LlamaConfig(**COMMON, head_dim=16, rope_theta=100.0, rope_scaling=LLAMA3, attention_bias=True, mlp_bias=True),
        {"rope_scaling": changed(rope_scaling=None), "bias": weights("_proj.bias", 0.0)},
    ),
    "mistral": (
        MistralConfig(**COMMON, head_dim=16, rope_theta=100.0, sliding_window=8),
        {"window": changed(sliding_window=None), "theta": changed(rope_theta=1e4)},
    ),
    "qwen2": (
        Qwen2Config(
            **COMMON,
            rope_theta=100.0,
            rope_scaling=YARN,
            use_sliding_window=True,
            sliding_window=8,
            max_window_layers=1,
            tie_word_embeddings=True,
        ),
        {"window": changed(use_sliding_window=False, sliding_window=None, layer_types=["full_attention"] * 2),
         "rope_scaling": changed(rope_scaling=None), "bias": weights("_proj.bias", 0.0)},
    ),
    "qwen3": (
        Qwen3Config(**COMMON, head_dim=16, rope_theta=100.0),
        {"q_norm": weights("q_norm", 1.0), "theta": changed(rope_theta=1e4)},
    ),
    "phi3": (
        Phi3Config(
            **{**COMMON, "num_attention_heads": 2, "num_key_value_heads": 1},
            rope_theta=100.0,
            partial_rotary_factor=0.5,
            original_max_position_embeddings=16,
            rope_scaling=LONGROPE,
            sliding_window=20,
        ),
        {"window": changed(sliding_window=None),
         "long_factor": changed(rope_scaling=dict(LONGROPE, long_factor=SHORT))},
    ),
    "gemma": (
        GemmaConfig(**{**COMMON, "num_key_value_heads": 1}, head_dim=16, rope_theta=100.0,
                    hidden_act="gelu_pytorch_tanh", hidden_activation="gelu_pytorch_tanh"),
        {"activation": changed(hidden_act="silu", hidden_activation="silu"), "norm": weights("layernorm", 0.0)},
    ),
    "gemma2": (
        Gemma2Config(**COMMON, head_dim=16, rope_theta=100.0, sliding_window=8, query_pre_attn_scalar=32,
                     attn_logit_softcapping=2.0, final_logit_softcapping=3.0),
        {"window": changed(sliding_window=64), "scale": changed(query_pre_attn_scalar=16),
         "attention_cap": changed(attn_logit_softcapping=None), "logit_cap": changed(final_logit_softcapping=None)},
    ),
    "gemma3_text": (
        Gemma3TextConfig(**{**COMMON, "num_hidden_layers": 6}, head_dim=16, rope_theta=1000.0, sliding_window=8,
                         rope_local_base_freq=50.0, query_pre_attn_scalar=32,
                         rope_scaling=dict(rope_type="linear", factor=8.0)),
        {"window": changed(sliding_window=64), "scale": changed(query_pre_attn_scalar=16),
         "local_rope": changed(rope_local_base_freq=1e4), "rope_scaling": changed(rope_scaling=None),
         "q_norm": weights("q_norm", 0.0)},
    ),
}


DORA = ("llama", "phi3")  # also with a DoRA, rank-stabilized: with biases, and with fused projections


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name, (config, features) in VARIANTS.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        for seed in range(20250101, 20250201):
            try:
                write(name, config, features, seed)
                break
            except AssertionError as e:
                print(name, seed, e)
    write_nested()


def write(name, config, features, seed):
    directory = FAMILIES / name
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    torch.manual_seed(seed)
    write_model(directory, config)
    write_adapter(directory)

    golden = {}
    batch = []
    for n, (length, answer) in enumerate(zip(LENGTHS, ANSWERS)):
        ids = torch.randint(3, ROWS, (1, length))
        labels = ids.clone()
        labels[:, : length - answer] = -100
        golden[f"document.{n}.ids"] = ids[0]
        golden[f"document.{n}.labels"] = labels[0]
        batch.append((ids, labels))
    longest = batch[-1][0]

    with torch.no_grad():
        for kind, model in (("base", load(directory)), ("adapter", load_adapter(directory))):
            for n, (ids, _) in enumerate(batch):
                golden[f"{kind}.logits.{n}"] = model(ids).logits[0]
            golden[f"{kind}.greedy"] = greedy(model, longest[:, :8], 16)
        for feature, change in features.items():
            golden[f"off.{feature}"] = change(load(directory))(longest).logits[0, -1]

    gradients, last = train(load_adapter(directory, trainable=True), batch, lora_state, "lora", golden)
    golden.update({f"lora.gradient.{key}": value for key, value in gradients.items()})
    golden.update({f"lora.step3.{key}": value for key, value in last.items()})
    if name in DORA:
        write_adapter(directory, "dora", use_dora=True, use_rslora=True)
        with torch.no_grad():
            for n, (ids, _) in enumerate(batch):
                golden[f"dora.logits.{n}"] = load_adapter(directory, "dora")(ids).logits[0]
        gradients, last = train(load_adapter(directory, "dora", trainable=True), batch, lora_state, "dora", golden)
        golden.update({f"dora.gradient.{key}": value for key, value in gradients.items()})
        golden.update({f"dora.step3.{key}": value for key, value in last.items()})
    tensors = {key: torch.as_tensor(value).detach().contiguous().clone() for key, value in golden.items()}
    save_file(tensors, directory / "golden.safetensors", metadata={"format": "pt"})


def write_model(directory, config):
    """Values that hide no mistake: no norm is neutral, no bias 0, no attention uniform."""
    model = AutoModelForCausalLM.from_config(config)
    gemma = config.model_type.startswith("gemma")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name:
                parameter.uniform_(-0.5, 0.5) if gemma else parameter.uniform_(0.5, 1.5)
            elif name.endswith(".bias"):
                parameter.normal_(0, 0.5)
            else:
                parameter.normal_(0, 0.2)
    model.save_pretrained(directory)
    (directory / "generation_config.json").unlink(missing_ok=True)


def write_adapter(directory, name="adapter", **method):
    config = LoraConfig(r=2, lora_alpha=4, target_modules="all-linear", task_type="CAUSAL_LM", **method)
    model = get_peft_model(load(directory), config)
    model.peft_config["default"].base_model_name_or_path = directory.name
    with torch.no_grad():
        for name_of, parameter in model.named_parameters():
            if "lora_B" in name_of:
                parameter.normal_(0, 0.2)
            if "magnitude" in name_of:
                parameter.mul_(torch.empty_like(parameter).uniform_(0.5, 1.5))
    model.save_pretrained(directory / name)
    (directory / name / "README.md").unlink()


def write_nested():
    """Gemma 3 as hubs have it: the text model under another name, beside parts for images."""
    source = FAMILIES / "gemma3_text"
    directory = FAMILIES / "gemma3"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    text = json.loads((source / "config.json").read_text())
    config = {
        "architectures": ["Gemma3ForConditionalGeneration"],
        "model_type": "gemma3",
        "text_config": text,
        "vision_config": {"hidden_size": 8, "model_type": "siglip_vision_model"},
        "mm_tokens_per_image": 4,
        "image_token_index": 95,
    }
    (directory / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    tensors = {f"language_model.{name}": value for name, value in load_file(source / "model.safetensors").items()}
    tensors["vision_tower.post_layernorm.weight"] = torch.ones(8)
    save_file(tensors, directory / "model.safetensors", metadata={"format": "pt"})


def load(directory, **changes):
    config = AutoConfig.from_pretrained(directory)
    for key, value in changes.items():
        setattr(config, key, value)
    return AutoModelForCausalLM.from_pretrained(
        directory, config=config, dtype=torch.float32, attn_implementation="eager"
    ).eval()


def load_adapter(directory, name="adapter", trainable=False):
    return PeftModel.from_pretrained(load(directory), directory / name, is_trainable=trainable).eval()


if __name__ == "__main__":
    main()
