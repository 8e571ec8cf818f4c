"""Writes the tiny Llama that the tests run, and what transformers and PEFT compute with it.

    pip install -r tools/requirements.txt
    python tools/golden_llama.py

The output (see tools/README.md) is the same at every run; everything is float32 on one thread.
"""

import json
import os
import shutil
import sys
from pathlib import Path

if os.environ.get("PYTHONHASHSEED") != "0":  # PEFT writes target_modules in the order of a set of strings
    os.environ.update(PYTHONHASHSEED="0", HF_HUB_OFFLINE="1")
    os.execv(sys.executable, [sys.executable, *sys.argv])

import torch
from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from torch.nn.functional import cross_entropy
from transformers import LlamaConfig, LlamaForCausalLM

MODELS = Path(__file__).resolve().parent.parent / "ft-runtime/src/test/resources/models"
MODEL = MODELS / "tiny-llama"
ADAPTER = MODELS / "tiny-llama-adapter"

SPECIAL = ["<s>", "</s>", "<pad>", "<|im_start|>", "<|im_end|>"]
VOCABULARY = 285  # the special tokens, 256 bytes, 24 merges
ROWS = 288  # more than the tokenizer has, as published models often do

TEXT = """\
The kettle sings on the stove while the rain taps the window.
A letter came in the morning; the answer went out in the evening.
Each branch of the river turns north, then south, then north again.
Count the stones: one, two, three, four, five. Then count them again.
question: where does the ferry land? answer: at the north pier.
"""
# A prompt and what is to be learnt of it; the second document has nothing before its answer but <s>.
DOCUMENTS = [("", ""), ("", "the rain, the river"), ("question: the ferry? answer:", " north again")]

STEPS = 3


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(20250101)
    for directory in (MODEL, ADAPTER):
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
    tokenizer = write_tokenizer()
    write_model()
    write_adapter()

    golden = {}
    batch = []
    for n, (prompt, answer) in enumerate(DOCUMENTS):
        prompt_ids = tokenizer.encode(prompt).ids
        answer_ids = tokenizer.encode(answer, add_special_tokens=False).ids
        answer_ids += [SPECIAL.index("</s>")] if answer_ids else []
        ids = torch.tensor([prompt_ids + answer_ids])
        labels = torch.tensor([[-100] * len(prompt_ids) + answer_ids])
        golden[f"document.{n}.ids"] = ids[0]
        golden[f"document.{n}.labels"] = labels[0]
        batch.append((ids, labels))
    longest = batch[-1][0]

    with torch.no_grad():
        for name, model in (("base", load()), ("adapter", load_adapter()), ("tied", tie(load()))):
            for n, (ids, _) in enumerate(batch):
                if name != "tied" or ids is longest:
                    golden[f"{name}.logits.{n}"] = model(ids).logits[0]
            golden[f"{name}.loss"] = mean_loss(model, batch)
            golden[f"{name}.greedy"] = greedy(model, longest[:, :8], 16)
        for n, hidden in enumerate(load()(longest, output_hidden_states=True).hidden_states):
            golden[f"base.hidden.{n}"] = hidden[0]
        golden["off.rope_theta"] = load(rope_theta=10_000.0)(longest).logits[0, -1]
        golden["off.rms_norm_eps"] = load(rms_norm_eps=1e-6)(longest).logits[0, -1]

    lora = train(load_adapter(trainable=True), batch, lora_state, "lora", golden)
    full = train(load(), batch, lambda m: dict(m.named_parameters()), "full", golden)
    tied = train(tie(load()), batch, lambda m: dict(m.named_parameters()), "tied", golden)
    golden.update({f"lora.gradient.{name}": value for name, value in lora[0].items()})
    golden.update({f"lora.step3.{name}": value for name, value in lora[1].items()})
    golden.update({f"full.step3.{name}": value for name, value in full[1].items()})
    embedding = "model.embed_tokens.weight"
    golden[f"tied.gradient.{embedding}"] = tied[0][embedding]

    tensors = {name: torch.as_tensor(value).detach().contiguous().clone() for name, value in golden.items()}
    save_file(tensors, MODEL / "golden.safetensors", metadata={"format": "pt"})


def write_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[AddedToken(token, special=True) for token in SPECIAL],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXT.splitlines(), trainer)
    assert tokenizer.get_vocab_size() == VOCABULARY
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A $B", special_tokens=[("<s>", SPECIAL.index("<s>"))]
    )
    tokenizer.save(str(MODEL / "tokenizer.json"))
    settings = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "add_bos_token": True}
    (MODEL / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
    return tokenizer


def write_model():
    """Values that hide no mistake: nothing is 1 or 0, no attention is uniform, heads * head_dim is not hidden_size."""
    config = LlamaConfig(
        vocab_size=ROWS,
        hidden_size=32,
        intermediate_size=40,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=16,
        max_position_embeddings=64,
        rms_norm_eps=1e-3,
        rope_theta=100.0,
        tie_word_embeddings=False,
        bos_token_id=SPECIAL.index("<s>"),
        eos_token_id=SPECIAL.index("</s>"),
        pad_token_id=SPECIAL.index("<pad>"),
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name:
                parameter.uniform_(0.5, 1.5)
            else:
                parameter.normal_(0, 0.2)
    model.save_pretrained(MODEL)
    (MODEL / "generation_config.json").unlink()


def write_adapter():
    config = LoraConfig(r=4, lora_alpha=8, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(load(), config)
    model.peft_config["default"].base_model_name_or_path = "tiny-llama"
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.normal_(0, 0.2)
    model.save_pretrained(ADAPTER)
    (ADAPTER / "README.md").unlink()


def load(**changes):
    return LlamaForCausalLM.from_pretrained(
        MODEL, dtype=torch.float32, attn_implementation="eager", **changes
    ).eval()


def load_adapter(trainable=False):
    return PeftModel.from_pretrained(load(), ADAPTER, is_trainable=trainable).eval()


def tie(model):
    """The same model with its embedding as output projection."""
    model.config.tie_word_embeddings = True
    model.tie_weights()
    return model


def mean_loss(model, batch):
    """The sum over all supervised tokens divided by their number, each document on its own."""
    total, count = 0.0, 0
    for ids, labels in batch:
        logits = model(ids).logits[0, :-1].float()
        total = total + cross_entropy(logits, labels[0, 1:], ignore_index=-100, reduction="sum")
        count += int((labels[0, 1:] != -100).sum())
    return total / count


def greedy(model, ids, count):
    """The likeliest next token, again and again; </s> does not stop it."""
    start = ids.shape[1]
    for _ in range(count):
        best = model(ids).logits[0, -1].topk(2)
        assert best.values[0] - best.values[1] > 1e-3, "too close to call: choose another seed"
        ids = torch.cat([ids, best.indices[:1].unsqueeze(0)], dim=1)
    return ids[0, start:]


def lora_state(model):
    """Trainable parameters by the names of PEFT's files."""
    by_data = {tensor.data_ptr(): name for name, tensor in get_peft_model_state_dict(model).items()}
    return {by_data[p.data_ptr()]: p for p in model.parameters() if p.requires_grad}


def adamw(parameters):
    return torch.optim.AdamW(parameters, lr=1e-2, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)


def train(model, batch, named, prefix, golden, optimizer=adamw):
    """Steps on the whole batch, decay on every parameter; returns the first gradients and the last parameters."""
    parameters = named(model)
    optimizer = optimizer(parameters.values())
    losses, norms, gradients = [], [], {}
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = mean_loss(model, batch)
        loss.backward()
        if step == 0:
            gradients = {name: p.grad.clone() for name, p in parameters.items()}
        norms.append(torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0))
        optimizer.step()
        losses.append(loss.detach())
    with torch.no_grad():
        losses.append(mean_loss(model, batch))
    assert max(norms) > 1, "clipping must have something to do"
    golden[f"{prefix}.losses"] = torch.stack(losses)
    golden[f"{prefix}.norms"] = torch.stack(norms)
    return gradients, {name: p.detach().clone() for name, p in parameters.items()}


if __name__ == "__main__":
    main()
