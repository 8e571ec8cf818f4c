"""Trains the tokenizer of examples/tiny-base: a byte-level BPE of 2048 tokens.

Needs: pip install tokenizers==0.22.2
Run from the root of the repository, after both generators (see examples/tiny-base/README.md):

    python tools/train_tokenizer.py
"""

import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TEXT = EXAMPLES / "tiny-base/src/main/ft/data/text.jsonl"
CLAUSES = EXAMPLES / "clause-triage/src/main/ft/data/train.jsonl"
BASE = EXAMPLES / "tiny-base/src/main/ft/base"

END = "<|endoftext|>"
VOCABULARY = 2048
# What layouts put around a question and its answer, so that it costs one token each.
LAYOUT = ["Question: ", "\nAnswer: "]


def texts():
    for line in TEXT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["text"] if "text" in row else "".join(message["content"] for message in row["messages"])
    for line in CLAUSES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield f"{LAYOUT[0]}{row['prompt']}{LAYOUT[1]}{row['completion']}"


def main():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        texts(),
        trainers.BpeTrainer(
            vocab_size=VOCABULARY,
            special_tokens=[END],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    if tokenizer.get_vocab_size() != VOCABULARY:
        raise SystemExit(f"{tokenizer.get_vocab_size()} tokens instead of {VOCABULARY}: too little text")
    tokenizer.save(str(BASE / "tokenizer.json"))
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": END,
        "pad_token": END,
        "clean_up_tokenization_spaces": False,
        "model_max_length": 512,
    }
    (BASE / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
