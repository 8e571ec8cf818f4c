"""Adapters in every form that PEFT selects and scales modules by, and in forms that it loads though they are odd, with
the logits transformers and PEFT compute from them, over tiny models that golden_families.py wrote. Writes beside MODEL:

    NAME/adapter_config.json, NAME/adapter_model.safetensors   for each name in FORMS[MODEL]
    adapters.safetensors                                       NAME.logits of the longest document
"""

import torch
from golden_families import FAMILIES, load
from peft import EvaConfig, LoraConfig, PeftModel, get_peft_model, initialize_lora_eva_weights
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, Gemma3ForConditionalGeneration

LLAMA = {
    # A regular expression, other ranks and alphas for some modules (the first that matches wins), rsLoRA.
    "patterns": (
        torch.float32,
        dict(
            r=2,
            lora_alpha=4,
            target_modules=r".*\.(self_attn\.[qv]_proj|mlp\.down_proj)",
            rank_pattern={r"layers\.1\.self_attn\.q_proj": 3, "q_proj": 1, "down_proj": 4},
            alpha_pattern={"down_proj": 6, "v_proj": 3.5},
            use_rslora=True,
        ),
    ),
    # Names, without some, in one layer; in half precision.
    "layers": (
        torch.bfloat16,
        dict(
            r=2,
            lora_alpha=5,
            target_modules=["q_proj", "o_proj", "up_proj"],
            exclude_modules=["self_attn.o_proj"],
            layers_to_transform=[1],
        ),
    ),
    "half": (torch.float16, dict(r=2, lora_alpha=4, target_modules="all-linear", exclude_modules=r".*\.mlp\..*")),
    # A regular expression as Python alone spells it.
    "python": (
        torch.float32,
        dict(r=2, lora_alpha=4, target_modules=r".*\.(?P<part>self_attn|mlp)\.(?P<which>[kv]|down)_proj\Z(?#end)"),
    ),
    # Ranks above the width of what they are for.
    "wide": (torch.float32, dict(r=48, lora_alpha=6, target_modules=["k_proj", "down_proj"])),
    # Begun from the data, which gives every module a rank of its own.
    "eva": (
        torch.float32,
        dict(
            r=3,
            lora_alpha=4,
            target_modules=["q_proj", "v_proj", "up_proj"],
            init_lora_weights="eva",
            eva_config=EvaConfig(rho=2.0, tau=0.0),
        ),
    ),
    "gaussian": (
        torch.float32,
        dict(r=2, lora_alpha=4, target_modules=["o_proj"], init_lora_weights="gaussian", fan_in_fan_out=True),
    ),
}

FORMS = {
    "llama": LLAMA,
    # Names of Llama's modules, of which Phi-3 has two.
    "phi3": {
        "names": (
            torch.float32,
            dict(
                r=2,
                lora_alpha=4,
                target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
            ),
        )
    },
    # Tensors called as before transformers 4.52.
    "gemma3": {
        "former": (
            torch.float32,
            dict(r=2, lora_alpha=4, target_modules=r".*language_model.*\.(self_attn\.q_proj|mlp\.down_proj)"),
        )
    },
}


def base(name):
    if name != "gemma3":
        return load(FAMILIES / name)
    config = AutoConfig.from_pretrained(FAMILIES / name)
    config.vision_config.num_attention_heads = 2
    config.vision_config.num_hidden_layers = 1
    config.vision_config.intermediate_size = 8
    model = Gemma3ForConditionalGeneration.from_pretrained(
        FAMILIES / name, config=config, attn_implementation="eager", torch_dtype=torch.float32
    )
    return model.eval()


def begun(model, form, ids):
    peft = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **form))
    if form.get("init_lora_weights") == "eva":
        documents = [{"input_ids": part, "attention_mask": torch.ones_like(part)} for part in ids.split(8, 1)]
        initialize_lora_eva_weights(peft, documents, show_progress_bar=False)
    return peft


def write(family, name, dtype, form, ids):
    directory = FAMILIES / family
    torch.manual_seed(7)
    model = begun(base(family), form, ids)
    model.peft_config["default"].base_model_name_or_path = family
    with torch.no_grad():
        for parameter_name, parameter in model.named_parameters():
            if "lora_B" in parameter_name:
                parameter.normal_(0, 0.2)
    model.save_pretrained(directory / name)
    (directory / name / "README.md").unlink()
    weights = directory / name / "adapter_model.safetensors"
    tensors = {key: value.to(dtype) for key, value in load_file(weights).items()}
    if name == "former":
        tensors = {key.replace(".model.language_model.", ".language_model.model.", 1): tensors[key] for key in tensors}
    save_file(tensors, weights, metadata={"format": "pt"})
    with torch.no_grad():
        loaded = PeftModel.from_pretrained(base(family), directory / name).eval()
        logits = loaded(ids).logits[0].contiguous().clone()
        difference = (logits - base(family)(ids).logits[0]).abs().max()
    print(family, name, len(tensors), "tensors, moves a logit by up to", float(difference))
    return logits


def main():
    for family, forms in FORMS.items():
        source = "gemma3_text" if family == "gemma3" else family
        ids = load_file(FAMILIES / source / "golden.safetensors")["document.2.ids"].unsqueeze(0)
        golden = {f"{name}.logits": write(family, name, *form, ids) for name, form in forms.items()}
        save_file(golden, FAMILIES / family / "adapters.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
