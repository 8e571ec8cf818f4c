"""What transformers and PEFT compute in bfloat16 with the checkpoints that golden_families.py wrote.

    python tools/golden_bfloat16.py [NAME ...]

Writes beside each model bfloat16.safetensors. Beside each result in bfloat16 stands the same in float32 with the same
rounded weights, under "exact": it says how far bfloat16 itself is from it. PEFT holds an adapter in float32 on a base
in bfloat16.
"""

import sys

from golden_families import FAMILIES, VARIANTS, load
from golden_llama import lora_state, train

import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

LONG = 300  # more than a block of attention scores
LAST = 8  # rows of the long document


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name in VARIANTS:
        if len(sys.argv) < 2 or name in sys.argv[1:]:
            write(FAMILIES / name)


def write(directory):
    families = load_file(directory / "golden.safetensors")
    documents = [families[f"document.{n}.ids"].unsqueeze(0) for n in (1, 2)]
    labels = [families[f"document.{n}.labels"].unsqueeze(0) for n in (1, 2)]
    # Every token but the first three, in an order that needs no generator
    long = (torch.arange(LONG) * 37 % 93 + 3).unsqueeze(0)
    golden = {"long.ids": long[0]}
    for kind, half in (("half", True), ("exact", False)):
        with torch.no_grad():
            for what, model in (("base", base(directory, half)), ("adapter", adapter(directory, half))):
                golden[f"{kind}.{what}.logits"] = model(documents[1]).logits[0].float()
                golden[f"{kind}.{what}.long"] = model(long).logits[0, -LAST:].float()
        model = adapter(directory, half, trainable=True)
        gradients, _ = train(model, list(zip(documents, labels)), lora_state, kind, golden)
        golden.update({f"{kind}.gradient.{key}": value for key, value in gradients.items()})
    tensors = {key: torch.as_tensor(value).detach().contiguous().clone() for key, value in golden.items()}
    save_file(tensors, directory / "bfloat16.safetensors", metadata={"format": "pt"})
    print(directory.name, (golden["half.base.logits"] - golden["exact.base.logits"]).abs().max().item())


def base(directory, half):
    if half:
        # Not load(directory).to(torch.bfloat16), which rounds the rotary frequencies too
        return AutoModelForCausalLM.from_pretrained(
            directory, dtype=torch.bfloat16, attn_implementation="eager"
        ).eval()
    model = load(directory)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.to(torch.bfloat16))
    return model


def adapter(directory, half, trainable=False):
    return PeftModel.from_pretrained(base(directory, half), directory / "adapter", is_trainable=trainable).eval()


if __name__ == "__main__":
    main()
