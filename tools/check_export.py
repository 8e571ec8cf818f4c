"""Asks what a build packaged as other programs ask it, and compares the answers with those it was measured by.

    python tools/check_export.py OUTPUT [--merged DIR] [--base DIR] [--gguf FILE] [--rows N] [--system TEXT]

OUTPUT is a build's target/ft with dataset/, train/adapter/ and evaluation/. DIR is what lies in the zip of the merged
model, or a full fine-tune's train/adapter; BASE, the base, to be asked with the adapter by PEFT, as the model card says.
FILE, a whole model, is asked by llama-cpp-python. Nothing but the files of the export says how to ask and where to stop.
Rows whose first message is the system message TEXT are asked without it: the template has to know it.
"""

import argparse
import json
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig


def rows(output, system, count):
    scores = json.loads((output / "evaluation/scores.json").read_text("utf-8"))
    test = next(s for s in scores["sets"] if s["name"] == "test")
    tuned = next(p for p in test["providers"] if p["provider"] == "tuned")
    measured = {item["id"]: item["answer"] for item in tuned["items"]}
    for line in (output / "dataset/test.jsonl").read_text("utf-8").split("\n")[:count]:
        if line:
            row = json.loads(line)
            messages = [{"role": m["role"], "content": m["content"]} for m in row["messages"][:-1]]
            if system and messages[0] == {"role": "system", "content": system}:
                messages = messages[1:]
            yield messages, measured[row["source"]]


def report(what, questions, answers, unended):
    same = sum(answer == measured for answer, (_, measured) in zip(answers, questions))
    print(f"{what}: {same} of {len(answers)} answers as measured, {unended} did not end")
    for answer, (messages, measured) in zip(answers, questions):
        if answer != measured:
            print(f"  {messages[-1]['content'][:50]!r}: {answer[:60]!r}, measured {measured[:60]!r}")
            break
    return len(answers) - same


def transformers_answers(tokenizer, model, questions, limit):
    answers, unended = [], 0
    ends = model.generation_config.eos_token_id
    ends = ends if isinstance(ends, list) else [ends]
    for messages, _ in questions:
        prompt = tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
        with torch.no_grad():
            output = model.generate(
                input_ids=prompt["input_ids"], attention_mask=prompt["attention_mask"], max_new_tokens=limit)
        answer = output[0, prompt["input_ids"].shape[1]:]
        unended += int(answer[-1]) not in ends
        answers.append(tokenizer.decode(answer, skip_special_tokens=True).strip())
    return answers, unended


def merged(directory, questions, limit):
    tokenizer = AutoTokenizer.from_pretrained(directory)
    older = json.loads((directory / "tokenizer_config.json").read_text("utf-8")).get("chat_template")
    assert older in (None, tokenizer.chat_template), "two places say two templates"
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager").eval()
    return report("transformers, merged", questions, *transformers_answers(tokenizer, model, questions, limit))


def adapter(base, directory, questions, limit):
    from peft import PeftModel

    tokenizer = AutoTokenizer.from_pretrained(base)
    template = directory / "chat_template.jinja"
    if template.exists():
        tokenizer.chat_template = template.read_text("utf-8")
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager")
    model = PeftModel.from_pretrained(model, directory).eval()
    model.generation_config = GenerationConfig.from_pretrained(directory)
    return report("PEFT", questions, *transformers_answers(tokenizer, model, questions, limit))


def gguf(file, questions, limit):
    from llama_cpp import Llama

    model = Llama(str(file), n_ctx=512, verbose=False, n_threads=1, type_k=0, type_v=0, use_mmap=False)
    answers, unended = [], 0
    for messages, _ in questions:
        found = model.create_chat_completion(
            messages, temperature=0, max_tokens=limit, repeat_penalty=1.0, top_k=1)["choices"][0]
        unended += found["finish_reason"] != "stop"
        answers.append(found["message"]["content"].strip())
    return report(f"llama.cpp, {file.name}", questions, answers, unended)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output", type=Path)
    parser.add_argument("--merged", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--gguf", type=Path, action="append", default=[])
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--system")
    o = parser.parse_args()
    questions = list(rows(o.output, o.system, o.rows))
    limit = json.loads((o.output / "dataset/dataset.json").read_text("utf-8"))["test"]["longestAnswer"]
    bad = 0
    if o.merged:
        bad += merged(o.merged, questions, limit)
    if o.base:
        bad += adapter(o.base, o.output / "train/adapter", questions, limit)
    for file in o.gguf:
        different = gguf(file, questions, limit)
        bad += different if "q8_0" not in file.name else 0  # eight bits may answer otherwise
    raise SystemExit(bad > 0)


if __name__ == "__main__":
    main()
