"""Writes what transformers makes of tokenizers whose files are incomplete, disagree, or are overruled by their class.

    python tools/golden_tokenizers.py

With transformers 5.24.0, huggingface_hub 1.33.0 and tokenizers 0.23.3, it writes what only that version reads.

A case is one of the small tokenizers of tokenizer_fixtures.py, or one made of it here, with other files beside it. The
answers are those of AutoTokenizer: ids with and without special tokens, what decoding gives, and the variables that
chat templates see. `files` replaces whole files; `parts` replaces parts at the top of tokenizer.json. The answers to a text
are its ids, its ids with special tokens, and these decoded without and with special tokens.
"""

import io
import itertools
import json
import tempfile
from pathlib import Path

import sentencepiece
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoTokenizer, LlamaTokenizerFast

OUT = Path(__file__).parent.parent / "ft-runtime/src/test/resources/tokenizers"

TEXTS = [
    "Where is my card?",
    " a leading space, a tab\tand two  spaces",
    "<|im_start|>user\nhi <|im_end|> \n<|im_start|>assistant\nlost<|end|>\n\nx<tool> y",
    "a</s>b<s> c <unk>",
    "Käse \U0001f600 <image>!",
    "",
]


def flags(content, **more):
    return {"content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
            "special": True, **more}


def added(content, **more):
    return {"__type": "AddedToken", **flags(content, **more)}


def template(*pieces, **ids):
    """A post-processor; A is the text, anything else a special token."""
    def piece(name, kind=0):
        return ({"Sequence": {"id": name, "type_id": kind}} if name in "AB"
                else {"SpecialToken": {"id": name, "type_id": kind}})
    return {"type": "TemplateProcessing", "single": [piece(name) for name in pieces],
            "pair": [piece("A"), piece("B", 1)],
            "special_tokens": {name: {"id": name, "ids": [id_], "tokens": [name]} for name, id_ in ids.items()}}


def base(name):
    return json.loads((OUT / name / "tokenizer.json").read_text(encoding="utf-8"))


def unigram():
    pieces = ["card", "my", "is", "lost", "\u2581my", "\u2581card", "Where", "\u2581a"]
    letters = sorted({letter for text in TEXTS[:4] for letter in text.replace(" ", "\u2581") if letter.isascii()})
    tokenizer = Tokenizer(models.Unigram(
        [("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0), ("\u2581", -2.0)]
        + [(letter, -4.0 - place / 16) for place, letter in enumerate(letters)]
        + [(piece, -5.0 - place / 8) for place, piece in enumerate(pieces)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return json.loads(tokenizer.to_str())


def pieces():
    """A SentencePiece model as LlamaTokenizer has one, and the tokenizer.json made of it."""
    model = io.BytesIO()
    corpus = [case["text"] for case in json.loads((OUT / "words/expected.json").read_text())["cases"][:6]]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus * 4), model_writer=model, model_type="bpe", vocab_size=340, byte_fallback=True,
        normalization_rule_name="identity", remove_extra_whitespaces=False, minloglevel=2)
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "tokenizer.model").write_bytes(model.getvalue())
        tokenizer = LlamaTokenizerFast(str(Path(scratch) / "tokenizer.model"), legacy=True)
    return model.getvalue(), json.loads(tokenizer.backend_tokenizer.to_str())


BASES = {"bytes": lambda: base("bytes"), "words": lambda: base("words"), "unigram": unigram, "pieces": lambda: json.loads(json.dumps(PIECES))}

FIRST = {"normalizer": None, "pre_tokenizer": {
    "type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": False}}
PLAIN = {"post_processor": None}
MARKS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
CHATML = {"tokenizer_class": "Qwen2TokenizerFast", "eos_token": "<|im_end|>", "bos_token": None}


def case(name, base_name, parts=None, config=None, **files):
    names = {"map": "special_tokens_map.json", "added": "added_tokens.json", "model": "config.json"}
    all_files = {names[key]: value for key, value in files.items()}
    if config is not None:
        all_files["tokenizer_config.json"] = config
    return {"name": name, "base": base_name, "parts": parts or {}, "files": all_files}


def cases():
    # Tokens that only another file has.
    yield case("decoder-only", "bytes", config={
        **CHATML, "added_tokens_decoder": {"363": flags("<|end|>"), "364": flags("<tool>", special=False)}})
    yield case("decoder-only beside the old files", "words", PLAIN, {
        "tokenizer_class": "LlamaTokenizer", **MARKS,
        "added_tokens_decoder": {"0": flags("<unk>"), "1": flags("<s>"), "2": flags("</s>"), "400": flags("<|end|>")}},
        map={"bos_token": "<unk>"}, added={"<tool>": 401})
    yield case("decoder-only with a gap", "bytes", config={
        **CHATML, "added_tokens_decoder": {"500": flags("<|end|>"), "900": flags("<tool>")}})
    yield case("decoder with no tokens", "words", PLAIN, {
        "tokenizer_class": "PreTrainedTokenizerFast", **MARKS, "added_tokens_decoder": {}}, map={"pad_token": "<unk>"})
    yield case("decoder with other flags", "bytes", config={
        **CHATML, "added_tokens_decoder": {"361": flags("<|im_start|>", rstrip=True), "362": flags("<|im_end|>", lstrip=True)}})
    yield case("decoder that makes a token special", "bytes", {"added_tokens": [
        {"id": 360, **flags("<|endoftext|>")}, {"id": 361, **flags("<|im_start|>", special=False, normalized=True)},
        {"id": 362, **flags("<|im_end|>")}]}, {**CHATML, "added_tokens_decoder": {"361": flags("<|im_start|>")}})
    yield case("decoder that takes special away", "bytes", config={
        **CHATML, "added_tokens_decoder": {"361": flags("<|im_start|>", special=False)}})
    yield case("decoder without flags", "bytes", config={
        **CHATML, "added_tokens_decoder": {"363": {"content": "<|end|>"}, "364": {"content": "<tool>", "special": True}}})
    yield case("decoder names a word of the vocabulary", "bytes", config={
        **CHATML, "added_tokens_decoder": {"700": flags("card"), "701": flags("is", single_word=True)}})
    yield case("additional in the config", "bytes", config={
        **CHATML, "additional_special_tokens": ["<|im_start|>", "<|end|>", added("<tool>", rstrip=True)]})
    yield case("additional in the map", "bytes", config=CHATML, map={
        "additional_special_tokens": ["<|end|>", flags("<tool>", lstrip=True)], "eos_token": "<|im_end|>"})
    yield case("additional in both", "bytes", config={**CHATML, "additional_special_tokens": ["<|end|>", "<image>"]},
               map={"additional_special_tokens": ["<tool>", "<|end|>"]})
    yield case("added_tokens.json", "words", PLAIN, {"tokenizer_class": "LlamaTokenizer", **MARKS},
               added={"<tool>": 401, "<|end|>": 400})
    yield case("added_tokens.json with an additional token", "words", PLAIN,
               {"tokenizer_class": "LlamaTokenizer", **MARKS, "additional_special_tokens": ["<tool>"]},
               added={"<tool>": 401, "<|end|>": 400})
    yield case("extra_special_tokens", "bytes", config={
        **CHATML, "extra_special_tokens": {"image_token": "<image>", "end_of_turn": added("<|end|>", rstrip=True)}})
    yield case("ids of tokenizer.json that the library does not give", "bytes", {"added_tokens": [
        {"id": 360, **flags("<|endoftext|>")}, {"id": 400, **flags("<|im_start|>")}, {"id": 401, **flags("<|im_end|>")},
        {"id": 500, **flags("<|end|>")}]}, CHATML)
    yield case("rstrip", "bytes", {"added_tokens": [
        {"id": 360, **flags("<|endoftext|>")}, {"id": 361, **flags("<|im_start|>")}, {"id": 362, **flags("<|im_end|>")},
        {"id": 363, **flags("<|end|>", rstrip=True)}]}, CHATML)

    # Names that only special_tokens_map.json has, or has otherwise.
    for kind in ["LlamaTokenizer", "PreTrainedTokenizerFast", "GemmaTokenizer"]:
        yield case(f"map-only, {kind}", "words", PLAIN, {"tokenizer_class": kind}, map=MARKS)
    yield case("map-only without a config", "words", PLAIN, map=MARKS, model={"model_type": "llama"})
    yield case("the map against the config", "words", PLAIN,
               {"tokenizer_class": "LlamaTokenizer", **MARKS}, map={"bos_token": "</s>", "pad_token": flags("<unk>")})
    yield case("the map takes a name away", "words", PLAIN,
               {"tokenizer_class": "LlamaTokenizer", **MARKS, "pad_token": "<unk>"}, map={"pad_token": None})
    yield case("names as objects", "words", PLAIN, {
        "tokenizer_class": "LlamaTokenizer", "bos_token": added("<s>"), "eos_token": added("</s>", rstrip=True),
        "unk_token": added("<unk>"), "mask_token": "<mask>"})
    for key in ["eos_token", "sep_token"]:
        yield case(f"flags of tokenizer.json, {key}", "bytes", {"added_tokens": [
            {"id": 360, **flags("<|endoftext|>")}, {"id": 361, **flags("<|im_start|>", rstrip=True)},
            {"id": 362, **flags("<|im_end|>")}]}, {**CHATML, "added_tokens_decoder": {}, key: "<|im_start|>"})
    yield case("a padding token of no file", "words", PLAIN,
               {"tokenizer_class": "LlamaTokenizer", **MARKS, "pad_token": "[PAD]"})
    yield case("the padding of tokenizer.json", "bytes", config={"tokenizer_class": "PreTrainedTokenizerFast"})

    # What the class puts around a text.
    ends = [{}, {"add_bos_token": True}, {"add_bos_token": False}, {"add_bos_token": None},
            {"add_bos_token": True, "add_eos_token": True}, {"add_bos_token": False, "add_eos_token": True}]
    kinds = ["LlamaTokenizer", "LlamaTokenizerFast", "CodeLlamaTokenizer", "GemmaTokenizerFast", "CohereTokenizerFast",
             "GPTNeoXTokenizerFast", "GPT2Tokenizer", "Qwen2Tokenizer", "PreTrainedTokenizerFast", "BloomTokenizerFast"]
    for kind, end in itertools.product(kinds, ends):
        yield case(f"{kind} {json.dumps(end)}", "words", PLAIN, {"tokenizer_class": kind, **MARKS, **end})
    for kind in kinds:
        yield case(f"{kind} over a post_processor", "words", {}, {"tokenizer_class": kind, **MARKS})
        yield case(f"{kind} by default", "words", PLAIN, {"tokenizer_class": kind})
    for family in ["llama", "mistral", "phi3", "qwen2", "qwen3", "gemma", "gemma2", "gemma3_text"]:
        yield case(f"no class, {family}", "words", PLAIN, MARKS, model={"model_type": family})
    yield case("class in config.json", "words", PLAIN, MARKS,
               model={"model_type": "llama", "tokenizer_class": "GPT2Tokenizer"})
    for legacy in [True, False]:
        yield case(f"legacy {legacy}", "words", PLAIN, {"tokenizer_class": "LlamaTokenizer", **MARKS, "legacy": legacy})
        yield case(f"legacy {legacy}, first", "words", {**PLAIN, **FIRST},
                   {"tokenizer_class": "LlamaTokenizer", **MARKS, "legacy": legacy})
    yield case("distill", "bytes", {"post_processor": {"type": "ByteLevel", "add_prefix_space": True,
                                                       "trim_offsets": False, "use_regex": True}}, {
        "tokenizer_class": "LlamaTokenizerFast", "add_bos_token": True, "add_eos_token": False, "legacy": True,
        "bos_token": added("<|endoftext|>", special=False, normalized=True),
        "eos_token": added("<|im_end|>", special=False, normalized=True), "unk_token": None,
        "pad_token": added("<|im_end|>", special=False, normalized=True)})

    # Spaces in front.
    for kind, spaces, own in itertools.product(
            ["GPT2Tokenizer", "Qwen2Tokenizer", "PreTrainedTokenizerFast", "CohereTokenizer", "CodeLlamaTokenizer"],
            [{}, {"add_prefix_space": True}, {"add_prefix_space": None}], [True, False]):
        yield case(f"{kind} {json.dumps(spaces)} over {own}", "bytes", {"pre_tokenizer": {
            "type": "ByteLevel", "add_prefix_space": own, "trim_offsets": True, "use_regex": True}},
            {"tokenizer_class": kind, **spaces})
    yield case("spaces in a sequence", "bytes", {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [
        {"type": "Digits", "individual_digits": True},
        {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]}},
        {"tokenizer_class": "CohereTokenizer", "add_prefix_space": True})
    yield case("LlamaTokenizer over spaces", "bytes", {"pre_tokenizer": {
        "type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}},
        {"tokenizer_class": "LlamaTokenizer"})

    # LlamaTokenizer makes itself of tokenizer.model where add_prefix_space is said.
    for legacy, spaces in itertools.product([{}, {"legacy": True}, {"legacy": False}], [None, True, False]):
        for parts in [{}, FIRST]:
            yield case(f"pieces {json.dumps(legacy)} {spaces} {'first' if parts else ''}", "pieces", parts,
                       {"tokenizer_class": "LlamaTokenizer", "add_prefix_space": spaces, **MARKS, **legacy})

    # Unigram.
    for kind in ["PreTrainedTokenizerFast", "LlamaTokenizer"]:
        yield case(f"unigram, {kind}", "unigram", config={
            "tokenizer_class": kind, **MARKS, "additional_special_tokens": ["<|end|>"]})


def cases_of_5():
    """What transformers 5 writes and 4.57 does not load."""
    kind = {"tokenizer_class": "TokenizersBackend", "backend": "tokenizers", **MARKS}
    yield case("no ends said", "words", config=kind)
    for end in [{"add_bos_token": True}, {"add_bos_token": False}, {"add_eos_token": True},
                {"add_bos_token": True, "add_eos_token": True}]:
        yield case(f"backend {json.dumps(end)}", "words", config={**kind, **end})
        yield case(f"backend {json.dumps(end)}, first", "words", {**PLAIN, **FIRST}, {**kind, **end})
    yield case("a list of extra_special_tokens", "words", config={**kind, "extra_special_tokens": ["<|end|>", "<tool>"]})
    yield case("named tokens at the top", "words", config={**kind, "image_token": "<image>"})
    yield case("both", "words", config={
        **kind, "image_token": "<image>", "extra_special_tokens": ["<|end|>", "<image>"]})
    yield case("named tokens of their own", "words", config={
        **kind, "model_specific_special_tokens": {"image_token": "<image>"}})


TOOL = {"type": "function", "function": {"name": "look_up", "description": "Looks up", "parameters": {
    "type": "object", "properties": {}}}}

TEMPLATE = "{{ bos_token }}{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"


def template_cases():
    """Where templates stand, and which is taken with and without tools."""
    jinja, tool_use, extra = "chat_template.jinja", "additional_chat_templates/tool_use.jinja", "additional_chat_templates/"
    config = {**CHATML, "bos_token": "<|endoftext|>"}
    named = [{"name": "default", "template": "named"}, {"name": "tool_use", "template": "named with tools"}]
    for name, settings, files in [
        ("one file", {}, {jinja: "file"}),
        ("a file over the config", {"chat_template": "config"}, {jinja: "file"}),
        ("a file over named ones", {"chat_template": named}, {jinja: "file"}),
        ("the config alone", {"chat_template": "config"}, {}),
        ("named ones", {"chat_template": named}, {}),
        ("named ones as an object", {"chat_template": {"default": "object", "tool_use": "object with tools"}}, {}),
        ("no default among named ones", {"chat_template": named[1:]}, {}),
        ("a second file for tools", {}, {jinja: "file", tool_use: "file with tools"}),
        ("two files over named ones", {"chat_template": named}, {jinja: "file", tool_use: "file with tools"}),
        ("a file for tools hides the config", {"chat_template": "config"}, {tool_use: "file with tools"}),
        ("another file hides the config", {"chat_template": named}, {extra + "rag.jinja": "rag"}),
        ("a second default", {}, {jinja: "file", extra + "default.jinja": "second"}),
        ("no template in the folder", {"chat_template": "config"}, {extra + "notes.txt": "no template"}),
        ("the config over chat_template.json", {"chat_template": "config"}, {
            "chat_template.json": json.dumps({"chat_template": "json"})}),
        ("a template that writes the beginning", {
            "tokenizer_class": "LlamaTokenizerFast", "add_bos_token": True, "chat_template": TEMPLATE}, {}),
        ("a template with the additional tokens", {
            "additional_special_tokens": ["<|end|>", "<tool>"], "extra_special_tokens": {"image_token": "<image>"},
            "chat_template": "{{ additional_special_tokens[1] }}{{ image_token }}{{ bos_token }}"}, {}),
    ]:
        yield {"name": name, "base": "bytes", "parts": {}, "files": {"tokenizer_config.json": {**config, **settings}},
               "templates": files}


def rendered(directory, tools):
    tokenizer = AutoTokenizer.from_pretrained(directory)
    messages = [{"role": "user", "content": "hi"}]
    try:
        return [tokenizer.apply_chat_template(messages, tools=tools, tokenize=tokenize) for tokenize in (False, True)]
    except ValueError:
        return None


def write(directory, made):
    tokenizer = BASES[made["base"]]() if made["base"] in BASES else made["base"]
    tokenizer.update(made["parts"])
    if made["base"] == "pieces":
        (directory / "tokenizer.model").write_bytes(SENTENCEPIECE)
    files = {"config.json": {"model_type": "llama"}, **made["files"], "tokenizer.json": tokenizer}
    for name, content in files.items():
        (directory / name).write_text(json.dumps(content), encoding="utf-8")
    for name, content in made.get("templates", {}).items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(content, encoding="utf-8")


def answers(directory):
    tokenizer = AutoTokenizer.from_pretrained(directory)
    texts = []
    for text in TEXTS:
        whole = tokenizer.encode(text)
        texts.append([
            tokenizer.encode(text, add_special_tokens=False),
            whole,
            tokenizer.decode(whole, skip_special_tokens=True),
            tokenizer.decode(whole, skip_special_tokens=False),
        ])
    return {"variables": tokenizer.special_tokens_map, "added": tokenizer.get_added_vocab(), "texts": texts}


def main():
    global SENTENCEPIECE, PIECES
    SENTENCEPIECE, PIECES = pieces()
    done = []
    five = transformers.__version__.startswith("5.")
    for made in cases_of_5() if five else cases():
        with tempfile.TemporaryDirectory() as scratch:
            write(Path(scratch), made)
            try:
                done.append({**made, "expected": answers(scratch)})
            except Exception as e:  # the tests say what we make of these
                print(made["name"], "->", repr(e)[:200])
                done.append({**made, "refused": type(e).__name__})
    templates = []
    for made in template_cases():
        with tempfile.TemporaryDirectory() as scratch:
            write(Path(scratch), made)
            templates.append({**made, "plain": rendered(scratch, None), "withTools": rendered(scratch, [TOOL])})
    content = {"transformers": transformers.__version__, "texts": TEXTS, "cases": done}
    if not five:
        content.update(unigram=unigram(), pieces=PIECES, templates=templates)
    (OUT / ("cases-5.json" if five else "cases.json")).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(len(done), "cases")


if __name__ == "__main__":
    main()
