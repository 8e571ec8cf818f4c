"""Three steps of torch.optim.Adafactor on the LoRA and the DoRA of the tiny Llama that golden_families.py wrote. Writes
beside that model adafactor.safetensors: lora.losses and dora.losses, before each step and after the last.
"""

import torch
from golden_families import FAMILIES, load_adapter
from golden_llama import lora_state, train
from safetensors.torch import load_file, save_file

MODEL = FAMILIES / "llama"


def main():
    documents = load_file(MODEL / "golden.safetensors")
    batch = [
        (documents[f"document.{n}.ids"].unsqueeze(0), documents[f"document.{n}.labels"].unsqueeze(0)) for n in range(3)
    ]
    golden = {}
    for kind, name in (("lora", "adapter"), ("dora", "dora")):
        model = load_adapter(MODEL, name, trainable=True)
        train(
            model,
            batch,
            lora_state,
            kind,
            golden,
            lambda parameters: torch.optim.Adafactor(list(parameters), lr=1e-2, weight_decay=0.01),
        )
    save_file({key: value.contiguous() for key, value in golden.items()}, MODEL / "adafactor.safetensors")


if __name__ == "__main__":
    main()
