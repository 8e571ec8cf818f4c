"""Writes how transformers tokenizes conversations with chat templates of the kinds that models are published with.

    pip install -r tools/requirements.txt
    python tools/golden_chat.py

The templates are short ones of our own, each with one habit of published ones. Every one is tried with a byte-level
tokenizer, and with one that marks spaces as Llama's does, in the two forms that transformers 4 and 5 write it.
"""

import copy
import json
import tempfile
from pathlib import Path

from transformers import AutoTokenizer

RESOURCES = Path(__file__).resolve().parent.parent / "ft-runtime/src/test/resources"
OUTPUT = RESOURCES / "templates/chat.json"

LOOP = "{% for m in messages %}"
END = "{% endfor %}"
ASK = "{% if add_generation_prompt %}"

# name: template, what is learnt of an answer, and what it does that others do not.
TEMPLATES = {
    "chatml": {
        "template": LOOP + "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n" + END
        + ASK + "<|im_start|>assistant\n{% endif %}",
        "learnt": "{}<|im_end|>",
    },
    "unasked": {
        "template": LOOP + "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n" + END,
        "learnt": "{}<|im_end|>",
        "opening": "<|im_start|>assistant\n",
    },
    "empty-block": {
        "template": LOOP + "<|im_start|>{{ m.role }}\n"
        "{% if m.role == 'assistant' and loop.last %}<think>\n\n</think>\n\n{% endif %}{{ m.content }}<|im_end|>\n" + END
        + ASK + "<|im_start|>assistant\n{% endif %}",
        "learnt": "{}<|im_end|>",
        "opening": "<think>\n\n</think>\n\n",
        "rewrites": True,
    },
    "reasons": {
        "template": LOOP + "<|im_start|>{{ m.role }}\n"
        "{% if m.role == 'assistant' and loop.last %}"
        "<think>\n{{ m.reasoning_content | default('') }}\n</think>\n\n{% endif %}{{ m.content }}<|im_end|>\n" + END
        + ASK + "<|im_start|>assistant\n"
        "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% endif %}{% endif %}",
        "learnt": "<think>\n\n</think>\n\n{}<|im_end|>",
        "rewrites": True,
    },
    "opens-block": {
        "template": "{{ bos_token }}" + LOOP + "{% if m.role == 'assistant' %}<|assistant|>{{ m.content.split('</think>')[-1] }}"
        "{{ eos_token }}{% else %}<|user|>{{ m.content }}{% endif %}" + END + ASK + "<|assistant|><think>\n{% endif %}",
        "learnt": "{}</s>",
        "cut": "<think>\n",
    },
    "brackets": {
        "template": "{{ bos_token }}" + LOOP + "{% if m.role == 'user' %}[INST] {% if loop.last and messages[0].role == 'system' %}"
        "{{ messages[0].content + '\n\n' }}{% endif %}{{ m.content }} [/INST]"
        "{% elif m.role == 'assistant' %} {{ m.content }}{{ eos_token }}{% endif %}" + END,
        "learnt": " {}</s>",
    },
    "lines": {
        "template": LOOP + "<|{{ m.role }}|>\n{{ m.content }}<|end|>\n" + END + ASK + "<|assistant|>\n{% endif %}",
        "learnt": "{}<|end|>",
    },
    "trims": {
        "template": "{{ bos_token }}" + LOOP + "{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        "<start_of_turn>{{ 'model' if m.role == 'assistant' else m.role }}\n{{ m.content | trim }}<end_of_turn>\n" + END
        + ASK + "<start_of_turn>model\n{% endif %}",
        "learnt": "{}<end_of_turn>",
        "trims": True,
    },
    "headers": {
        "template": "{{ bos_token }}" + LOOP + "<|role|>{{ m.role }}<|content|>\n\n{{ m.content | trim }}<|eot|>" + END
        + ASK + "<|role|>assistant<|content|>\n\n{% endif %}",
        "learnt": "{}<|eot|>",
        "trims": True,
    },
    "unended": {
        "template": LOOP + "{% if m.role == 'assistant' %}A: {% else %}Q: {% endif %}{{ m.content }}\n" + END
        + ASK + "A:{% endif %}",
        "learnt": " {}",
        "unended": True,
    },
}

TOKENS = [
    {"content": content, "rstrip": rstrip, "special": special}
    for content, rstrip, special in [
        ("<|im_start|>", False, True), ("<|im_end|>", False, True), ("<think>", False, False), ("</think>", False, False),
        ("<|user|>", True, True), ("<|assistant|>", True, True), ("<|system|>", True, True), ("<|end|>", True, True),
        ("<start_of_turn>", False, True), ("<end_of_turn>", False, True), ("<|role|>", False, True),
        ("<|content|>", False, True), ("<|eot|>", False, True), ("[INST]", False, False), ("[/INST]", False, False),
        ("<s>", False, True), ("</s>", False, True),
    ]
]

METASPACE = {"type": "Metaspace", "replacement": "▁", "split": False}
# How a tokenizer of the fixtures is changed: name: fixture, and what its tokenizer.json has instead.
TOKENIZERS = {
    "bytes": {"fixture": "bytes", "changes": {}},
    "prepends": {"fixture": "words", "changes": {}},
    "first": {"fixture": "words", "changes": {"normalizer": None, "pre_tokenizer": METASPACE | {"prepend_scheme": "first"}}},
    "always": {"fixture": "words", "changes": {"normalizer": None, "pre_tokenizer": METASPACE | {"prepend_scheme": "always"}}},
}

CONVERSATIONS = {
    "one": [("user", "Is it hot?"), ("assistant", "Yes.")],
    "two": [("user", "Is it hot?"), ("assistant", "Yes."), ("user", "And now?"), ("assistant", "No, cold\nand wet.")],
    "system": [("system", "Be brief."), ("user", "Where is my card?"), ("assistant", "card lost"), ("user", "Why?"),
               ("assistant", "declined payment")],
    "spaces": [("user", "  My card\n"), ("assistant", " was lost \n"), ("user", "\n?"), ("assistant", "  found")],
}


def tokenizer(directory, declared):
    source = RESOURCES / "tokenizers" / declared["fixture"]
    files = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    files.update(copy.deepcopy(declared["changes"]))
    files["truncation"] = files["padding"] = None
    there = {token["content"] for token in files["added_tokens"]}
    number = 1 + max(list(files["model"]["vocab"].values()) + [token["id"] for token in files["added_tokens"]])
    for token in TOKENS:
        if token["content"] not in there:
            files["added_tokens"].append({"id": number, "single_word": False, "lstrip": False, "normalized": False} | token)
            number += 1
    (directory / "tokenizer.json").write_text(json.dumps(files), encoding="utf-8")
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>"}
    (directory / "tokenizer_config.json").write_text(json.dumps(config))
    return AutoTokenizer.from_pretrained(directory)


def main():
    golden = {"tokens": TOKENS, "tokenizers": TOKENIZERS, "templates": TEMPLATES, "conversations": {}, "cases": []}
    for name, turns in CONVERSATIONS.items():
        golden["conversations"][name] = [{"role": role, "content": content} for role, content in turns]
    for tokenizer_name, declared in TOKENIZERS.items():
        with tempfile.TemporaryDirectory() as directory:
            tok = tokenizer(Path(directory), declared)
            for template_name, template in TEMPLATES.items():
                for name, messages in golden["conversations"].items():
                    if template_name == "trims" and name == "system":
                        continue
                    tok.chat_template = template["template"]
                    prompts = {
                        str(i): tok.apply_chat_template(messages[:i], add_generation_prompt=True, tokenize=False)
                        for i, message in enumerate(messages)
                        if message["role"] == "assistant"
                    }
                    golden["cases"].append({
                        "tokenizer": tokenizer_name,
                        "template": template_name,
                        "conversation": name,
                        "ids": list(tok.apply_chat_template(messages, tokenize=True)),
                        "text": tok.apply_chat_template(messages, tokenize=False),
                        "prompts": {i: tok(text, add_special_tokens=False)["input_ids"] for i, text in prompts.items()},
                    })
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in golden.pop("cases"))
    head = json.dumps(golden, ensure_ascii=False, indent=1)
    OUTPUT.write_text(head[:-2] + ',\n "cases": [\n' + lines + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
