"""The hidden states of each family's longest document, of the checkpoints that golden_families.py wrote. Writes beside
each model hidden.safetensors: hidden.0, what goes into the first layer, to hidden.L, behind the final norm.
"""

import torch
from golden_families import FAMILIES, load
from safetensors.torch import load_file, save_file


def main():
    for golden in sorted(FAMILIES.glob("*/golden.safetensors")):
        ids = load_file(golden)["document.2.ids"].unsqueeze(0)
        with torch.no_grad():
            states = load(golden.parent)(ids, output_hidden_states=True).hidden_states
        save_file(
            {f"hidden.{i}": state[0].contiguous().clone() for i, state in enumerate(states)},
            golden.parent / "hidden.safetensors",
        )
        print(golden.parent.name, len(states), tuple(states[0].shape))


if __name__ == "__main__":
    main()
