"""Adapters in every form that PEFT selects and scales modules by, with the logits transformers and PEFT compute from
them, over the tiny Llama that golden_families.py wrote. Writes beside that model:

    NAME/adapter_config.json, NAME/adapter_model.safetensors   for each name in FORMS
    adapters.safetensors                                       NAME.logits of the longest document
"""

import torch
from golden_families import FAMILIES, load, load_adapter
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

MODEL = FAMILIES / "llama"

FORMS = {
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
}


def main():
    ids = load_file(MODEL / "golden.safetensors")["document.2.ids"].unsqueeze(0)
    golden = {}
    for name, (dtype, form) in FORMS.items():
        torch.manual_seed(7)
        model = get_peft_model(load(MODEL), LoraConfig(task_type="CAUSAL_LM", **form))
        model.peft_config["default"].base_model_name_or_path = MODEL.name
        with torch.no_grad():
            for parameter_name, parameter in model.named_parameters():
                if "lora_B" in parameter_name:
                    parameter.normal_(0, 0.2)
        model.save_pretrained(MODEL / name)
        (MODEL / name / "README.md").unlink()
        weights = MODEL / name / "adapter_model.safetensors"
        tensors = {key: value.to(dtype) for key, value in load_file(weights).items()}
        save_file(tensors, weights, metadata={"format": "pt"})
        with torch.no_grad():
            golden[f"{name}.logits"] = load_adapter(MODEL, name)(ids).logits[0].contiguous().clone()
            difference = (golden[f"{name}.logits"] - load(MODEL)(ids).logits[0]).abs().max()
        print(name, len(tensors), "tensors, moves a logit by up to", float(difference))
    save_file(golden, MODEL / "adapters.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
