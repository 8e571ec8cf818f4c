"""Compares GGUF files of this plugin with what llama.cpp's own converters write, and its answers with given ones.

    python tools/check_gguf.py --llama-cpp DIR --base DIR [--adapter DIR] [--lora FILE] [--model FILE ...]
                               [--ids 1,2,3 --greedy 4,5,6 [--base-gguf FILE]] [--texts FILE]

DIR is llama.cpp's source (its converters are run from there); --ids and --texts need the package llama-cpp-python.
Exits with 1 when a key or a tensor differs beyond what is listed in EXPECTED.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize

# Where our files differ from the converters' on purpose.
EXPECTED = {
    "general.": "names and sizes that the converter guesses from the directory",
    "tokenizer.ggml.tokens": "transformers adds an <unk> to a LlamaTokenizer without one",
    "tokenizer.ggml.scores": "the converter scores every token -1000 when there is no tokenizer.model",
    "tokenizer.ggml.add_": "always written",
    "tokenizer.ggml.eot_token_id": "from generation_config.json",
    "tokenizer.ggml.token_type": "the converter takes <unk> for a control token when there is no tokenizer.model",
    ".attention.key_length": "always written",
    ".attention.value_length": "always written",
    ".context_length": "no longer than a sliding window",
}
SAME = ("general.architecture", "general.type", "general.file_type", "general.quantization_version")


def keys(reader):
    return {
        name: field.contents()
        for name, field in reader.fields.items()
        if not name.startswith("GGUF.")
    }


def compare(ours, theirs):
    ours, theirs = GGUFReader(ours), GGUFReader(theirs)
    bad = 0
    a, b = keys(ours), keys(theirs)
    for name in sorted(a.keys() | b.keys()):
        if a.get(name) != b.get(name):
            why = next((w for k, w in EXPECTED.items() if k in name and name not in SAME), None)
            shown = [x.get(name) for x in (a, b)]
            if all(isinstance(v, list) for v in shown) and len(shown[0]) == len(shown[1]):
                apart = [i for i, (v, w) in enumerate(zip(*shown)) if v != w]
                shown = [f"{len(apart)} apart, [{apart[0]}] = {v[apart[0]]}" for v in shown]
            shown = [str(v)[:60] for v in shown]
            print(f"  {'ok ' if why else 'BAD'} key {name}: {shown[0]} / {shown[1]} {why or ''}")
            bad += why is None
    x = {t.name: t for t in ours.tensors}
    y = {t.name: t for t in theirs.tensors}
    if x.keys() != y.keys():
        print("  BAD tensors", sorted(x.keys() ^ y.keys()))
        bad += 1
    equal, worst = 0, (0.0, "")
    for name in x.keys() & y.keys():
        s, t = x[name], y[name]
        if s.tensor_type != t.tensor_type or list(s.shape) != list(t.shape):
            print(f"  BAD {name}: {s.tensor_type.name} {s.shape} / {t.tensor_type.name} {t.shape}")
            bad += 1
        elif np.array_equal(s.data, t.data):
            equal += 1
        else:
            d = np.abs(dequantize(s.data, s.tensor_type) - dequantize(t.data, t.tensor_type)).max()
            worst = max(worst, (float(d), name))
    print(f"  {len(a)} keys; {equal} of {len(x)} tensors equal to the byte, largest difference {worst[0]:.3g} {worst[1]}")
    return bad + (worst[0] > 2e-3)


def convert(llama_cpp, script, *arguments):
    out = Path(tempfile.mkdtemp()) / "theirs.gguf"
    # A tokenizer that no published model has would be refused by its digest; ours names the way it splits.
    run = (
        "import sys, runpy; sys.path.insert(0, sys.argv[1]); import conversion.base as b; old = b.TextModel.get_vocab_base_pre\n"
        "def pre(self, t):\n  try: return old(self, t)\n  except NotImplementedError: return 'gpt-2'\n"
        "b.TextModel.get_vocab_base_pre = pre; script = sys.argv[2]; sys.argv = sys.argv[2:]\n"
        "runpy.run_path(script, run_name='__main__')"
    )
    command = [sys.executable, "-c", run, str(llama_cpp), str(llama_cpp / script), *map(str, arguments), "--outfile", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(llama_cpp / "gguf-py")})
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return out


def merged(base, adapter):
    """The base with the adapter merged by PEFT in float32, as a directory."""
    import shutil

    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    out = Path(tempfile.mkdtemp()) / "merged"
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    if adapter:
        model = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    model.save_pretrained(out)
    for file in base.iterdir():
        if file.suffix in (".json", ".jinja", ".model") and not (out / file.name).exists() and "index" not in file.name:
            shutil.copy(file, out)
    return out


def greedy(model, lora, ids, count):
    from llama_cpp import llama_cpp as c

    c.llama_backend_init()
    parameters = c.llama_model_default_params()
    parameters.use_mmap = False
    m = c.llama_model_load_from_file(str(model).encode(), parameters)
    assert m, f"llama.cpp does not load {model}"
    options = c.llama_context_default_params()
    options.n_ctx, options.n_batch = 512, 512
    options.type_k = options.type_v = 0  # F32
    options.flash_attn_type = 0
    options.n_threads = options.n_threads_batch = 1
    x = c.llama_init_from_model(m, options)
    if lora:
        a = c.llama_adapter_lora_init(m, str(lora).encode())
        assert a, f"llama.cpp does not load {lora}"
        import ctypes

        adapters = (type(a) * 1)(a) if not isinstance(a, int) else (ctypes.c_void_p * 1)(a)
        assert c.llama_set_adapters_lora(x, adapters, 1, (ctypes.c_float * 1)(1.0)) == 0
    n = c.llama_vocab_n_tokens(c.llama_model_get_vocab(m))
    answer, feed = [], list(ids)
    while len(answer) < count:
        tokens = (c.llama_token * len(feed))(*feed)
        assert c.llama_decode(x, c.llama_batch_get_one(tokens, len(feed))) == 0
        logits = np.ctypeslib.as_array(c.llama_get_logits_ith(x, -1), shape=(n,))
        feed = [int(logits.argmax())]
        answer += feed
    return answer


def tokenizes(model, base, texts):
    from llama_cpp import llama_cpp as c
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(base)
    parameters = c.llama_model_default_params()
    parameters.vocab_only = True
    vocab = c.llama_model_get_vocab(c.llama_model_load_from_file(str(model).encode(), parameters))
    bad = 0
    lines = texts.read_text("utf-8").splitlines()
    for line in lines:
        data = line.encode()
        buffer = (c.llama_token * (len(data) + 8))()
        count = c.llama_tokenize(vocab, data, len(data), buffer, len(data) + 8, True, True)
        expected = tokenizer(line)["input_ids"]
        if list(buffer[:count]) != expected:
            bad += 1
            print(f"  BAD {line!r}: {list(buffer[:count])} / {expected}")
    print(f"  {len(lines) - bad} of {len(lines)} texts tokenized alike")
    return bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--llama-cpp", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--lora", type=Path)
    parser.add_argument("--model", type=Path, action="append", default=[])
    parser.add_argument("--base-gguf", type=Path)
    parser.add_argument("--ids")
    parser.add_argument("--greedy")
    parser.add_argument("--texts", type=Path)
    o = parser.parse_args()
    bad = 0
    if o.lora:
        print(o.lora)
        bad += compare(o.lora, convert(o.llama_cpp, "convert_lora_to_gguf.py", "--base", o.base, o.adapter))
    directory = merged(o.base, o.adapter) if o.model else None
    for model in o.model:
        print(model)
        kind = {1: "f16", 7: "q8_0"}[keys(GGUFReader(model))["general.file_type"]]
        bad += compare(model, convert(o.llama_cpp, "convert_hf_to_gguf.py", directory, "--outtype", kind))
        if o.texts:
            bad += tokenizes(model, o.base, o.texts)
    if o.ids:
        ids, expected = ([int(i) for i in s.split(",")] for s in (o.ids, o.greedy))
        runs = [(m, None) for m in o.model]
        if o.lora:
            base = o.base_gguf or convert(o.llama_cpp, "convert_hf_to_gguf.py", merged(o.base, None), "--outtype", "f32")
            runs.append((base, o.lora))
        for model, lora in runs:
            same = greedy(model, lora, ids, len(expected)) == expected
            rounded = not lora and keys(GGUFReader(model))["general.file_type"] == 7
            verdict = "same" if same else "other (eight bits)" if rounded else "BAD: other"
            print(f"  {verdict} {len(expected)} greedy tokens: {model.name} {lora or ''}")
            bad += not same and not rounded
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
