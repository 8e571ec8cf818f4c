"""Computes the models of published_configs.py, shrunk, with weights that the tests can make again.

    python tools/golden_configs.py

Run it with each version of transformers in VERSIONS, the newest first. It writes, under models/configs/: `configs.json`,
each configuration as published and what each version saves of it, as differences from that; and `logits.safetensors`,
by the newest version that reads it. Every version must compute the same logits, of the published file and of its own.
"""

import json
import sys
import tempfile
import zlib
from pathlib import Path

import numpy
import torch
import transformers
from published_configs import CHECKPOINTS, shrink
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM

OUT = Path(__file__).parent.parent / "ft-runtime/src/test/resources/models/configs"
VERSIONS = ("5.24.0", "4.57.1", "4.51.3", "4.49.0")
SAVES_ONLY = "4.49.0"  # its eager attention has a window wherever sliding_window is set
LONG, SHORT = 40, 6  # tokens of two documents
ROWS = (11, 39, 5)  # two of the first, one of the second

# Where a version computes something else: it is wrong there, and the next one is right.
WRONG = {
    "gemma-2b": ("4.57.1",),  # hidden_act gelu, taken for the exact function
    "gemma-7b": ("4.57.1",),
    "translategemma": ("4.57.1", "4.51.3"),  # rope_parameters, which they do not know
    "qwen3-yarn": ("4.51.3",),  # stretched by max_position_embeddings / original_max_position_embeddings
}
REFUSED = {"phi-3-128k-su": ("5.24.0",)}  # the next version is the reference

# Keys that change nothing, with values they might have instead: the logits must stay the same to the bit.
IDLE = {
    "": dict(
        _attn_implementation="sdpa", _name_or_path="x", cache_implementation="static", id2label={"0": "x"},
        is_llama_config=False, max_sequence_length=7, pretraining_tp=1, rope_interleaved=True, temperature=0.1,
        unsloth_fixed=False, unsloth_version="1", use_cache=False, use_mrope=True),
    "gemma2": dict(hidden_act="silu", sliding_window_size=3),
    "gemma3": dict(boi_token_index=1, eoi_token_index=2, initializer_range=0.5, mm_tokens_per_image=9),
    "gemma3_text": dict(_sliding_window_pattern=2, hidden_act="silu"),
    "phi3": dict(auto_map={}, full_attn_mod=2, interpolate_factor=2, lm_head_bias=True, mlp_bias=True),
    "qwen2": dict(attention_bias=True, dual_chunk_attention_config=None),
}


def main():
    torch.set_num_threads(1)
    OUT.mkdir(parents=True, exist_ok=True)
    version = transformers.__version__
    assert version in VERSIONS, version
    newest = version == VERSIONS[0]
    path = OUT / "configs.json"
    written = {} if newest else json.loads(path.read_text())
    golden = {} if newest else load_file(OUT / "logits.safetensors")
    for name, (checkpoints, published) in CHECKPOINTS.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        config = shrink(published)
        entry = written.setdefault(name, dict(checkpoints=checkpoints, published=config, saved={}))
        if entry["published"] != config:
            raise SystemExit(f"{name} was changed: run the newest version first")
        newer = name.startswith(("gemma-3", "translategemma", "qwen3"))
        if version in REFUSED.get(name, ()):
            continue
        if (version == SAVES_ONLY and newer) or (version == "4.51.3" and not newer):
            continue
        saved = save(config)
        entry["saved"][version] = difference(config, saved)
        if newest or name not in golden:
            golden[name] = compute(config)
        if version == SAVES_ONLY:
            continue
        if version in WRONG.get(name, ()):
            print(f"{name}: {version} differs by {float((compute(config) - golden[name]).abs().max()):.1e}")
            continue
        for what, each in (("published", config), ("saved", saved)):
            off = float((compute(each) - golden[name]).abs().max())
            assert off < 2e-5, f"{name}: as {what}, {version} computes logits that differ by {off}"
        for change, each in idle(config):
            assert torch.equal(compute(each), compute(config)), f"{name}: {change} changes the logits"
    path.write_text("{\n" + ",\n".join(
        f'"{name}": {json.dumps(entry, separators=(",", ":"), sort_keys=True)}' for name, entry in written.items())
        + "\n}\n")
    save_file(golden, OUT / "logits.safetensors", metadata={"format": "pt"})
    print(version, len(written), "configurations")


def idle(config):
    """The configuration without its idle keys, and with other values of all of them."""
    family = config["model_type"]
    keys = IDLE[""] | IDLE.get(family, {})
    if family == "phi3" and config["rope_scaling"] is None:
        keys = keys | dict(original_max_position_embeddings=5)
    yield "taking idle keys away", {key: value for key, value in config.items() if key not in keys}
    if family == "phi3" and "partial_rotary_factor" in config:
        keys = keys | dict(embd_pdrop=0.0)
    yield "changing idle keys", config | keys


def difference(config, saved):
    return dict(
        changed={key: value for key, value in saved.items() if key not in config or config[key] != value},
        removed=[key for key in config if key not in saved])


def load(config):
    with tempfile.TemporaryDirectory() as directory:
        (Path(directory) / "config.json").write_text(json.dumps(config))
        return AutoModelForCausalLM.from_config(
            AutoConfig.from_pretrained(directory), attn_implementation="eager").eval()


def save(config):
    """What save_pretrained writes, in the type that was published."""
    model = load(config)
    model.to(getattr(torch, config.get("dtype") or config["torch_dtype"]))
    with tempfile.TemporaryDirectory() as directory:
        model.save_pretrained(directory)
        return json.loads((Path(directory) / "config.json").read_text())


def compute(config):
    # Not converted afterwards: what a model makes of its configuration would be rounded then.
    model = load(as_float32(config))
    gemma = config["model_type"].startswith("gemma")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            text = name.replace("model.language_model.", "model.").replace("language_model.model.", "model.")
            text = text.replace("language_model.lm_head", "lm_head")
            if "vision" not in text and "multi_modal" not in text:
                parameter.copy_(torch.from_numpy(weights(text, parameter.shape, gemma)))
        model.tie_weights()
        return torch.stack([
            model(document(LONG)).logits[0, ROWS[0]], model(document(LONG)).logits[0, ROWS[1]],
            model(document(SHORT)).logits[0, ROWS[2]]])


def as_float32(config):
    return {
        key: as_float32(value) if isinstance(value, dict) else "float32" if key in ("dtype", "torch_dtype") else value
        for key, value in config.items()}


def document(length):
    return torch.tensor([[3 + 37 * i % 90 for i in range(length)]])


def weights(name, shape, gemma):
    """Numbers that follow from a tensor's name: the CRC-32 of it and an index, mixed, as a fraction of 2**32."""
    x = numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64) * numpy.uint64(2654435761)
    x = (x + numpy.uint64(zlib.crc32(name.encode()))) & numpy.uint64(0xFFFFFFFF)
    for _ in range(2):
        x = (x ^ (x >> numpy.uint64(16))) * numpy.uint64(0x45D9F3B) & numpy.uint64(0xFFFFFFFF)
    u = (x ^ (x >> numpy.uint64(16))).astype(numpy.float64) / 2**32 - 0.5
    if "norm" in name:
        u = u if gemma else u + 1
    elif not name.endswith(".bias"):
        u = u * 0.7
    return u.astype(numpy.float32).reshape(shape)


if __name__ == "__main__":
    main()
