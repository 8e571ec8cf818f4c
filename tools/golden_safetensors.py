"""Writes one safetensors file with every element type, names that sort differently from their types, and odd shapes.

    python tools/golden_safetensors.py
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

FILE = Path(__file__).resolve().parent.parent / "ft-runtime/src/test/resources/safetensors/mixed.safetensors"

TYPES = [
    torch.bool, torch.uint8, torch.int8, torch.float8_e5m2, torch.float8_e4m3fn, torch.int16, torch.uint16,
    torch.float16, torch.bfloat16, torch.int32, torch.uint32, torch.float32, torch.float64, torch.int64, torch.uint64,
]


def main():
    tensors = {}
    for n, dtype in enumerate(TYPES):
        size = torch.empty(0, dtype=dtype).element_size()
        values = torch.arange(3 * size, dtype=torch.uint8) % (2 if dtype == torch.bool else 60)
        tensors[f"{chr(ord('z') - n)}.three"] = values.view(dtype).reshape(1, 3)
        tensors[f"{chr(ord('a') + n)}.scalar"] = values[:size].view(dtype)[0].clone()
    tensors["größe"] = torch.tensor([1.5, -2.5])
    tensors["empty"] = torch.zeros(0, 4)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, FILE, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
