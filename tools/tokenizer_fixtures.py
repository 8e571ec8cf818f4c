"""Writes the two small tokenizers of ft-runtime's tests, and what the reference library makes of texts with them.

    pip install tokenizers==0.22.2
    python tools/tokenizer_fixtures.py

"bytes" is a byte-level BPE as Qwen's and GPT-2's are, with ChatML's marks and with truncation and padding set in the
file. "words" is a BPE with a prepended space and byte fallback as Llama 2's is; it adds <s> before and </s> after.
"""

import json
from pathlib import Path

import tokenizers
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT = Path(__file__).parent.parent / "ft-runtime/src/test/resources/tokenizers"

CORPUS = [
    "Question: Where is my card?\nAnswer: card arrival",
    "Question: Why was my payment declined?\nAnswer: declined payment",
    "The quick brown fox jumps over the lazy dog. The dog does not mind; the fox is quick.",
    "### Instruction:\nName the intent of the message.\n\n### Response:\ncard lost",
    "My card was lost, and then my card was found. I would like to cancel the payment.",
    "How long does a transfer take? A transfer takes two days, and a payment takes one.",
] * 4

TEXTS = [
    "Where is my card?",
    "Question: Where is my card?\nAnswer: card arrival",
    " a leading space, a tab\tand two  spaces",
    "\n\nlines\r\nof text\n",
    "Ein Käse für 12,50 € – bitte!",
    "emoji \U0001f600\u200d\U0001f4bb and \u4f60\u597d",
    "nul \u0000 inside",
    "<|im_start|>user\nhi<|im_end|>\n",
    "a</s>b<s>",
    "",
    " ".join(["payment"] * 700),
]


def write(name, tokenizer, config):
    directory = OUT / name
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "tokenizer.json").write_text(tokenizer.to_str(pretty=False) + "\n", encoding="utf-8")
    (directory / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    cases = []
    for text in TEXTS:
        plain = tokenizer.encode(text, add_special_tokens=False).ids
        whole = tokenizer.encode(text, add_special_tokens=True).ids
        cases.append({
            "text": text,
            "ids": plain,
            "withSpecialTokens": whole,
            "decoded": tokenizer.decode(whole, skip_special_tokens=True),
            "decodedWithSpecialTokens": tokenizer.decode(whole, skip_special_tokens=False),
        })
    expected = {"tokenizers": tokenizers.__version__, "size": tokenizer.get_vocab_size(), "cases": cases}
    (directory / "expected.json").write_text(json.dumps(expected) + "\n", encoding="utf-8")


def byte_level():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=360, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    for mark in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]:
        tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False)])
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=16, pad_token="<|endoftext|>", pad_id=tokenizer.token_to_id("<|endoftext|>"))
    write("bytes", tokenizer, {"eos_token": {"content": "<|im_end|>"}, "bos_token": None})


def with_space():
    special = ["<unk>", "<s>", "</s>"]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    byte_tokens = [f"<0x{byte:02X}>" for byte in range(256)]
    # Trained on words alone, so that no token spans two; the bytes take the first ids.
    words = [word for text in CORPUS for word in text.replace("\n", " ").split(" ")]
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=special + byte_tokens, show_progress=False)
    tokenizer.train_from_iterator(words, trainer)
    # The trainer calls the bytes special, which they are not: a byte token must be decoded.
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = [token for token in content["added_tokens"] if token["content"] in special]
    tokenizer = Tokenizer.from_str(json.dumps(content))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 1), ("</s>", 2)])
    write("words", tokenizer, {
        "tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "add_eos_token": True, "eos_token": "</s>"})


byte_level()
with_space()
