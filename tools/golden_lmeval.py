"""Runs the real lm-eval on the tasks of ft-runtime/src/test/resources/lmeval/tasks with the tiny Llama and writes its
results and samples beside them, lmeval/LENGTH.json, where LENGTH is how many tokens the model is said to read; and what
CPython's random and re make of some inputs, lmeval/python.json.

    python tools/golden_lmeval.py
"""

import json
import os
import random
import re
import tempfile
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
os.environ["HF_HOME"] = tempfile.mkdtemp()

import torch  # noqa: E402
from lm_eval import evaluate  # noqa: E402
from lm_eval.models.huggingface import HFLM  # noqa: E402
from lm_eval.tasks import TaskManager  # noqa: E402
from lm_eval.utils import handle_non_serializable  # noqa: E402

RESOURCES = Path(__file__).resolve().parent.parent / "ft-runtime/src/test/resources"
DIRECTORY = RESOURCES / "lmeval"
RUNS = {
    512: ["knowledge", "completions", "sums", "votes", "endings", "passages", "words", "letters"],
    256: ["family", "scenes", "pages", "beliefs", "letters4", "letters5", "letters6", "candidates", "targets"]
    + ["prefixed", "spaced", "described", "twice", "several", "inputs", "words2", "choices2", "translated", "weighted"],
    64: ["passages", "endings", "sums"],
}
KEPT = ["results", "groups", "group_subtasks", "versions", "n-shot", "higher_is_better", "n-samples"]
BOOTSTRAP = 2000

PATTERNS = [
    (r"#### (\-?[0-9\.\,]+)", "so #### 1,234. and ####5 #### -7"),
    (r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "it costs $3.50, or 4, or 12"),
    (r"\b(\w+)\b", "naïve café — ２ words_here \u0300x"),
    (r"[\s\S]+?;", "a\nb;c;"),
    (r"[^\S\n]+", "a \t\u00a0b\n c\x1cd"),
    (r"^\s*(.*?)\s*$", " one\u2028two \n"),
    (r"(?m)^(?P<key>\w+): (?P<value>.*)$", "a: 1\nb: 2\rc: 3\n"),
    (r"(?P<q>['\"])(.*?)(?P=q)", "say 'x' or \"y'z\""),
    (r"a{,2}b{1,}|{x}", "aab b {x} aaab"),
    (r"[]a&&b[]+", "]a&[b"),
    (r"\$\\boxed\{([^}]*)\}", "is $\\boxed{42} and"),
    (r"(?i)straße|k", "STRASSE Straße \u212a"),
    (r"\d+\Z", "12 ３４"),
    (r"x*", "axxb"),
    (r"(?:the )?answer is:?\s*\(?([A-D])\)?", "The answer is (B). answer is: C"),
    (r"[\w.]+@[^\W\d]+", "a.b@cé1 @x"),
    (r".$", "ab\u0085\n"),
    (r"|a", "aba"),
    (r"(a|b|)*", "abc"),
    (r"(?:(a)|b)*?c", "abc bac c"),
    (r"(?:a|ab)(?:c|bcd)(d*)", "abcd"),
    (r"(a)?(?(1)b|c)", "abcacb"),
    (r"(?x) a \d [ ]  # a digit and a space", "a1 a2"),
    (r"(?a)\w+", "naïve ２ b"),
    (r"(?i)[^s]|[à-ï]+", "sſSÀÏ"),
    (r"(?i:ab)c|(?-i:D)d", "ABc abC Dd dd"),
    (r"(?>a+)a|a++b|a{2}", "aaab aa"),
    (r"(?<=[^a])b|(?<!\n)c|(?=d)", "bab\ncc d"),
    (r"\07|\101|\N{EM DASH}|[\b\0]", "\x07A—\b\0"),
    (r"[\U0001f600-\U0001f64f]+|\u263a", "x😀😁 ☺"),
    (r"(?s)<think>.*?</think>\s*", "<think>a\nb</think>\n c<think></think>"),
    (r"(?:(x)|(y)|z)+", "xyz zyx"),
    (r"\B", ""),
    (r"(\w| )*", "so it goes " * 400),
    (r"(?:.|\n)*;", "line\n" * 600 + ";"),
    (r"(a+)+$", "a" * 20 + "b"),
]

WRONG = [r"(?P<a", r"(?P<1>a)", r"a**", r"*a", r"^*", r"(?<=a+)b", r"(?<n>a)", r"(\1)", r"[\d-z]", r"a{3,2}", r"\400", r"x(?i)"]
WRONG += [r"(?L)a", r"\p{L}", r"(?P<a>a)(?P<a>b)", r"(?(2)a)(b)", r"(?<=(a)(?(1)b|c))d", r"[a", r"(a", r"a)", r"\N{NO SUCH}"]


def sample(one):
    return {
        "doc_id": one["doc_id"],
        "target": one["target"],
        "arguments": [list(arguments) for arguments in one["arguments"]],
        "resps": one["resps"],
        "filtered_resps": one["filtered_resps"],
        "filter": one["filter"],
        **{key: one[key] for key in ("doc_hash", "prompt_hash", "target_hash")},
        **{metric: one[metric] for metric in one["metrics"]},
    }


def write(name, value):
    text = json.dumps(value, indent=1, default=handle_non_serializable, ensure_ascii=False, sort_keys=True)
    (DIRECTORY / name).write_text(text + "\n", encoding="utf-8")


def run(length, names):
    """What simple_evaluate does; that itself cannot print the place of tasks outside of its package."""
    model = HFLM(pretrained=str(RESOURCES / "models/tiny-llama"), max_length=length, dtype="float32", device="cpu")
    manager = TaskManager(include_path=str(DIRECTORY / "tasks"), include_defaults=False)
    loaded = manager.load(names)
    for task in loaded["tasks"].values():
        if task.get_config("num_fewshot") is None:
            task.set_config(key="num_fewshot", value=0)
        task.set_fewshot_seed(seed=1234)
    results = evaluate(model, loaded, bootstrap_iters=BOOTSTRAP)
    golden = {key: results[key] for key in KEPT if key in results}
    golden["samples"] = {task: [sample(one) for one in samples] for task, samples in results["samples"].items()}
    write(f"{length}.json", golden)


def found(pattern, text):
    return {
        "pattern": pattern,
        "text": text,
        "found": re.findall(pattern, text),
        "removed": re.sub(pattern, "", text),
        "start": bool(re.match(pattern, text)),
        "whole": bool(re.fullmatch(pattern, text)),
    }


def python():
    sampled = []
    for seed, n, k in [(1234, 6, 3), (1234, 21, 5), (1234, 200, 5), (7, 100, 6), (0, 85, 6), (2**40 + 5, 1000, 25)]:
        source = random.Random(seed)
        sampled.append({"seed": seed, "n": n, "k": k, "samples": [source.sample(range(n), k) for _ in range(4)]})
    chosen = [{"seed": s, "n": n, "choices": random.Random(s).choices(range(n), k=n)} for s, n in [(0, 10), (99, 37)]]
    for pattern in WRONG:
        try:
            re.compile(pattern)
        except re.error:
            continue
        raise AssertionError(pattern + " is valid")
    write("python.json", {"sample": sampled, "choices": chosen, "re": [found(*each) for each in PATTERNS], "wrong": WRONG})


def main():
    torch.set_num_threads(1)
    os.chdir(DIRECTORY / "tasks")
    for length, tasks in RUNS.items():
        run(length, tasks)
    python()


if __name__ == "__main__":
    main()
