"""Writes what transformers computes in float64 with a model that was trained: the base of examples/clause-triage.

    pip install -r tools/requirements.txt
    python tools/golden_trained.py

Run it again whenever that base is trained anew. float32 must come to the same tokens, so the best token has to lead by
MARGIN everywhere.
"""

import hashlib
import json
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "examples/clause-triage/src/main/ft/base"
OUTPUT = ROOT / "ft-runtime/src/test/resources/models/trained.json"
TOKENS = 60
MARGIN = 1e-3
STARTS = ["Question: The insurer", "The car was", "Dear Anna,\n"]


def story(model, tokenizer, start):
    ids = tokenizer.encode(start, add_special_tokens=False)
    begun = len(ids)
    with torch.no_grad():
        while len(ids) < begun + TOKENS:
            logits = model(torch.tensor([ids])).logits[0, -1]
            best = torch.topk(logits, 2).values
            if best[0] - best[1] < MARGIN:
                raise SystemExit(f"{start!r}: the next token after {len(ids)} leads by {best[0] - best[1]:.2e} only")
            ids.append(int(logits.argmax()))
        logits = model(torch.tensor([ids])).logits[0]
    losses = torch.nn.functional.cross_entropy(logits[:-1], torch.tensor(ids[1:]), reduction="none")
    text = tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
    return {
        "start": start,
        "begun": begun,
        "ids": ids,
        "text": text,
        "encoded": tokenizer.encode(text),
        "logits": [round(value, 9) for value in logits[-2, :16].tolist()],  # of those that chose the last token
        "loss": round(losses.mean().item(), 9),
    }


def main():
    torch.set_num_threads(1)
    model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float64, attn_implementation="eager").eval()
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    golden = {
        "sha256": hashlib.sha256((MODEL / "model.safetensors").read_bytes()).hexdigest(),
        "stories": [story(model, tokenizer, start) for start in STARTS],
    }
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in golden.pop("stories"))
    OUTPUT.write_text(json.dumps(golden)[:-1] + ', "stories": [\n' + lines + "\n]}\n", encoding="utf-8")
    print(lines)


if __name__ == "__main__":
    main()
