"""Compares logits that ft:generate wrote with those that transformers and PEFT compute from the same files.

    mvn io.github.ftmaven:ft-maven-plugin:0.1.0-SNAPSHOT:generate -Dft.model=MODEL -Dft.adapter=ADAPTER \\
        -Dft.prompt=TEXT -Dft.logits=logits.safetensors
    python tools/check_peft.py MODEL ADAPTER TEXT logits.safetensors

ADAPTER is - for a model alone, such as a merged one.
"""

import sys

import torch
from peft import PeftModel
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM


def main():
    directory, adapter, text, logits = sys.argv[1:]
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager")
    model = model.eval() if adapter == "-" else PeftModel.from_pretrained(model, adapter).eval()
    ids = torch.tensor([Tokenizer.from_file(f"{directory}/tokenizer.json").encode(text).ids])
    with torch.no_grad():
        expected = model(ids).logits[0]
        if adapter != "-":
            with model.disable_adapter():
                plain = model.get_base_model()(ids).logits[0]
            print("the adapter moves a logit by up to", float((expected - plain).abs().max()))
    found = load_file(logits)["logits"]
    print("tokens", ids.shape[1], "largest difference", float((expected - found).abs().max()))
    assert (expected - found).abs().max() < 1e-4


if __name__ == "__main__":
    main()
