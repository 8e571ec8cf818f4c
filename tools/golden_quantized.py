"""What bitsandbytes makes of weights, and what transformers computes with them. Writes below models/quantized:

    tensors.safetensors    some matrices as they are (NAME), NAME.nf4.*, NAME.nf4_double.* and NAME.int8.* quantized,
                           NAME.FORMAT.back dequantized
    nf4, nf4_plain, int8   the tiny Llama of golden_families.py saved by transformers with each quantization, and
                           golden.safetensors: logits of the longest document
    head_nf4, head_int8    the same with a list of what is not quantized that does not have the head
    seeing_nf4, seeing_int8  the tiny Gemma 3 as the text part of a model that also sees
"""

import json
import shutil
import tempfile

import bitsandbytes.functional as bnb
import torch
from golden_families import FAMILIES
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoModelForImageTextToText, BitsAndBytesConfig
from transformers import Gemma3Config, Gemma3ForConditionalGeneration

MODEL = FAMILIES / "llama"
TEXT = FAMILIES / "gemma3_text"
OUT = FAMILIES.parent / "quantized"


def matrices():
    torch.manual_seed(5)
    wide = torch.randn(20, 1024)  # more than 256 blocks
    wide[3] = 0
    wide[:, 7] *= 30
    odd = torch.randn(8, 12)  # one block and a half
    return {
        "ramp": (torch.arange(64.0) / 32 - 1).view(1, 64),
        "wide": wide,
        "half": torch.randn(24, 72).to(torch.bfloat16),
        "odd": odd,
    }


def quantize(golden, name, matrix):
    golden[name] = matrix
    # With a single block, quantizing its scale too ends the process in bitsandbytes 0.48.2 on a CPU.
    for form, double in (("nf4", False), ("nf4_double", True))[: 1 if matrix.numel() <= 64 else 2]:
        packed, state = bnb.quantize_4bit(matrix, quant_type="nf4", compress_statistics=double)
        golden[f"{name}.{form}.packed"] = packed.flatten()
        golden[f"{name}.{form}.absmax"] = state.absmax
        if double:
            golden[f"{name}.{form}.nested_absmax"] = state.state2.absmax
            golden[f"{name}.{form}.offset"] = state.offset.view(1)
            golden["dynamic"] = state.state2.code
        golden[f"{name}.{form}.back"] = dequantize(packed, state)
    packed, rows, _ = bnb.int8_vectorwise_quant(matrix.half())
    packed[rows == 0] = 0  # 0 / 0 has no value of its own
    golden[f"{name}.int8.packed"] = packed
    golden[f"{name}.int8.absmax"] = rows
    golden[f"{name}.int8.back"] = bnb.int8_vectorwise_dequant(packed, rows)


def dequantize(packed, state):
    """As on a GPU: computed in float32, then rounded. On a CPU bitsandbytes 0.48.2 rounds the 16 values first."""
    dtype, state.dtype = state.dtype, torch.float32
    values = bnb.dequantize_4bit(packed, state).to(dtype)
    state.dtype = dtype
    return values


def checkpoint(name, config, dtype, source=MODEL):
    directory = OUT / name
    shutil.rmtree(directory, ignore_errors=True)
    seeing = source != MODEL
    model = (AutoModelForImageTextToText if seeing else AutoModelForCausalLM).from_pretrained(
        source, quantization_config=config, dtype=dtype, device_map="cpu", attn_implementation="eager"
    ).eval()
    model.save_pretrained(directory)
    (directory / "generation_config.json").unlink(missing_ok=True)
    ids = load_file((TEXT if seeing else MODEL) / "golden.safetensors")["document.2.ids"].unsqueeze(0)
    # bitsandbytes' int8 product rounds the inputs too, which only makes it faster: the weights are what is compared.
    plain = AutoModelForCausalLM.from_pretrained(
        TEXT if seeing else MODEL, dtype=torch.float32, attn_implementation="eager").eval()
    saved = load_file(directory / "model.safetensors")
    done = set()
    with torch.no_grad():
        for module_name, module in plain.named_modules():
            if not isinstance(module, torch.nn.Linear) or (seeing and module_name == "lm_head"):
                continue
            done.add(f"{module_name}.weight")
            quantized = model.get_submodule(inside(module_name, seeing))
            stored = f"language_model.{module_name}" if seeing else module_name
            if f"{stored}.SCB" in saved:
                scales = saved[f"{stored}.SCB"].view(-1, 1)
                module.weight.copy_(saved[f"{stored}.weight"] * scales * 7.874015718698502e-3)
            elif hasattr(quantized.weight, "quant_state"):
                module.weight.copy_(dequantize(quantized.weight.data, quantized.weight.quant_state))
            else:
                module.weight.copy_(quantized.weight)
        for parameter_name, parameter in plain.named_parameters():
            if parameter_name not in done:
                parameter.copy_(model.get_parameter(inside(parameter_name, seeing)))
        logits = plain(ids).logits[0]
        print(name, "transformers' own product differs by", float((model(ids).logits[0] - logits).abs().max()))
    if seeing:
        # Of the part that sees, one layer is enough to be passed over.
        few = {key: value for key, value in saved.items() if "language_model." in key or "layers.0.mlp.fc1" in key}
        save_file(few, directory / "model.safetensors", metadata={"format": "pt"})
    save_file({"logits": logits.contiguous()}, directory / "golden.safetensors", metadata={"format": "pt"})


def inside(name, seeing):
    return name.replace("model.", "model.language_model.", 1) if seeing else name


def seeing_model(directory):
    """The tiny Gemma 3 with a small part that sees, of random weights."""
    text = json.loads((TEXT / "config.json").read_text())
    config = Gemma3Config(
        text_config=text,
        vision_config=dict(hidden_size=16, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2,
                           image_size=28, patch_size=14),
        mm_tokens_per_image=4, image_token_index=95, boi_token_index=94, eoi_token_index=93)
    torch.manual_seed(7)
    model = Gemma3ForConditionalGeneration(config)
    model.model.language_model.load_state_dict({
        name.removeprefix("model."): value for name, value in load_file(TEXT / "model.safetensors").items()})
    model.save_pretrained(directory)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    golden = {}
    for name, matrix in matrices().items():
        quantize(golden, name, matrix)
    save_file({key: value.contiguous() for key, value in golden.items()}, OUT / "tensors.safetensors")
    four = dict(load_in_4bit=True, bnb_4bit_quant_type="nf4")
    single = dict(bnb_4bit_compute_dtype=torch.float32)
    checkpoint("nf4", BitsAndBytesConfig(**four, **single, bnb_4bit_use_double_quant=True), torch.bfloat16)
    checkpoint("nf4_plain", BitsAndBytesConfig(**four, **single), torch.float32)
    checkpoint("int8", BitsAndBytesConfig(load_in_8bit=True), torch.float16)
    skip = dict(llm_int8_skip_modules=["model.layers.1.mlp"])
    checkpoint("head_nf4", BitsAndBytesConfig(**four, **single, **skip), torch.float32)
    checkpoint("head_int8", BitsAndBytesConfig(load_in_8bit=True, **skip), torch.float16)
    with tempfile.TemporaryDirectory() as seeing:
        seeing_model(seeing)
        checkpoint("seeing_nf4", BitsAndBytesConfig(**four, **single, bnb_4bit_use_double_quant=True), torch.float32,
                   seeing)
        checkpoint("seeing_int8", BitsAndBytesConfig(load_in_8bit=True), torch.float16, seeing)


if __name__ == "__main__":
    main()
