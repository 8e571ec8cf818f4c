"""Makes the directory of the tiny adapter what a packaged one is, and asks it with PEFT. Writes beside the adapter
fine-tune.yaml and provenance.json, and inference.json: for each question its greedy answer, and the log-probability of
each label as the whole answer, its end token included.
"""

import hashlib
import json

import torch
from golden_llama import ADAPTER, MODEL
from peft import PeftModel
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

SYSTEM = "Say where."
SPEC = f"""\
name: tiny
base:
  model: tiny-llama
dataset:
  train: train.jsonl
  test: test.jsonl
  system: {SYSTEM}
  template: question
"""
QUESTIONS = ["the rain?", "a letter", "Count: 1, 2, 3"]
LABELS = ["north", "south", "in the river", ""]
TOKENS = 12
END = 1


def main():
    torch.set_num_threads(1)
    (ADAPTER / "fine-tune.yaml").write_text(SPEC)
    digest = {name: hashlib.sha256((MODEL / name).read_bytes()).hexdigest()
              for name in ("model.safetensors", "config.json", "tokenizer.json")}
    write("provenance.json", {
        "formatVersion": 1,
        "base": {
            "model": "tiny-llama",
            "weights": {"model.safetensors": digest.pop("model.safetensors")},
            "files": digest,
        },
    })
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    base = LlamaForCausalLM.from_pretrained(MODEL, attn_implementation="eager")
    model = PeftModel.from_pretrained(base, ADAPTER).eval()
    answers = []
    for question in QUESTIONS:
        text = f"{SYSTEM}\n\nQuestion: {question}\nAnswer:"
        prompt = tokenizer.encode(text).ids
        answers.append({
            "question": question,
            "promptTokens": len(prompt),
            "tokens": greedy(model, prompt),
            "labels": {label: score(model, tokenizer, text, label) for label in LABELS},
        })
    write("inference.json", {"maxNewTokens": TOKENS, "answers": answers})


def greedy(model, prompt):
    ids = model.generate(
        input_ids=torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt), dtype=torch.long),
        max_new_tokens=TOKENS, do_sample=False, eos_token_id=END, pad_token_id=2)
    return [token for token in ids[0, len(prompt):].tolist() if token != END]


def score(model, tokenizer, text, label):
    prompt = tokenizer.encode(text).ids
    whole = tokenizer.encode(f"{text} {label}").ids + [END]
    assert whole[:len(prompt)] == prompt
    with torch.no_grad():
        logits = model(torch.tensor([whole])).logits[0].double()
    logits = torch.log_softmax(logits, -1)
    return sum(logits[t - 1, whole[t]].item() for t in range(len(prompt), len(whole)))


def write(name, value):
    (ADAPTER / name).write_text(json.dumps(value, indent=2) + "\n")


if __name__ == "__main__":
    main()
