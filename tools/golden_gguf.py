"""Writes what llama.cpp's own converters make of the tiny models: every key, and of every tensor type, shape and digest.

    python tools/golden_gguf.py LLAMA_CPP

LLAMA_CPP is llama.cpp's source at the commit that llama-cpp-python 0.3.36 is built from (0c1e57098). Keys that the
converter guesses from the directory's name are left out.
"""

import hashlib
import json
import sys
from pathlib import Path

from check_gguf import convert, keys
from gguf import GGUFReader

RESOURCES = Path(__file__).parent.parent / "ft-runtime/src/test/resources"
MODELS = RESOURCES / "models"
# Rows of the tiny Llama's tokenizer; behind them transformers adds an <unk> that is not in its files.
TOKENS = 285
GUESSED = ("general.name", "general.size_label", "general.basename", "general.finetune", "general.base_model")


def digest(data):
    return hashlib.sha256(data).hexdigest()


def facts(file):
    reader = GGUFReader(file)
    listed = {}
    for name, value in sorted(keys(reader).items()):
        if not name.startswith(GUESSED):
            lines = "\n".join(map(str, value[:TOKENS])) if isinstance(value, list) else ""
            listed[name] = digest(lines.encode()) if isinstance(value, list) else value
    tensors = {
        t.name: [t.tensor_type.name, [int(n) for n in t.shape], digest(t.data.tobytes())]
        for t in sorted(reader.tensors, key=lambda t: t.name)
    }
    return {"keys": listed, "tensors": tensors}


def main():
    llama_cpp = Path(sys.argv[1])
    adapters = {"tiny-llama": MODELS / "tiny-llama-adapter"}
    for family in ("llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"):
        adapters[f"families/{family}"] = MODELS / "families" / family / "adapter"
    cases = {}
    for base, adapter in adapters.items():
        file = convert(llama_cpp, "convert_lora_to_gguf.py", "--base", MODELS / base, adapter)
        cases[f"{base} lora"] = facts(file)
    for kind in ("f16", "q8_0"):
        file = convert(llama_cpp, "convert_hf_to_gguf.py", MODELS / "tiny-llama", "--outtype", kind)
        cases[f"tiny-llama {kind}"] = facts(file)
    out = RESOURCES / "gguf" / "facts.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
