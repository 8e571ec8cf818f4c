"""Times LoRA steps of an 8B shape on a GPU: the program of a build, alone through torch.jit.load, beside PEFT with SDPA.

    python tools/bench/bench_cuda.py DIRECTORY [--device cuda|cpu] [--shape 8b|1b|tiny] [--tokens 4096] [--steps 5]
        [--without-peft]

DIRECTORY comes from archives.sh. The weights are random, rank 16 is on all linear layers, every token is learnt. A step is
what a build does: gradients, clipping, AdamW, and one read of loss and norm. Packages are pinned in ../requirements.txt;
without peft and transformers, --without-peft times ours alone. With --device cpu --shape tiny it runs on any machine.
"""
import argparse
import gc
import json
import math
import pathlib
import resource
import statistics
import time

import torch

import archive

GIB = 2 ** 30


def quantized(w):
    """Bytes of a weight's size in NF4 with scales of 8 bits, as dequantization.py reads them; their values are random."""
    half, blocks = (w.numel() + 1) // 2, (w.numel() + 63) // 64
    nested = (blocks + 255) // 256
    codes = torch.randint(0, 256, (half + blocks,), device=w.device, dtype=torch.uint8)
    padding = torch.zeros((4 - (half + blocks) % 4) % 4, device=w.device, dtype=torch.uint8)
    scales = torch.full((nested + 1,), 0.01, device=w.device)
    scales[nested] = 0.04
    return torch.cat([codes, padding, scales.view(torch.uint8)])


class Device:
    def __init__(self, name):
        self.name = name
        self.cuda = name == "cuda"

    def wait(self):
        if self.cuda:
            torch.cuda.synchronize()

    def forget(self):
        gc.collect()
        if self.cuda:
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()

    def peak(self):
        """GiB that tensors held at most; on a CPU what the whole process held, since it began."""
        if self.cuda:
            return torch.cuda.max_memory_allocated() / GIB
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIB

    def product_rate(self, dtype, size):
        a = torch.randn(size, size, device=self.name).to(dtype)
        best = math.inf
        for _ in range(5):
            self.wait()
            start = time.perf_counter()
            a @ a
            self.wait()
            best = min(best, time.perf_counter() - start)
        return 2 * size ** 3 / best / 1e12


def attention(load, device):
    """Chooses like AttentionKernel; returns the loaded program and what it uses."""
    program = load()
    like = torch.zeros(1, device=device.name)
    choice = program.choice(like)
    if not device.cuda:
        return program, "products of matrices or a kernel of the CPU (libtorch's choice for long documents: %d)" % choice
    try:
        difference = load().difference(like).item()
    except RuntimeError as e:
        return program, "libtorch's choice %d; flash fails: %s" % (choice, str(e).strip().splitlines()[-1])
    flash = choice == 1 and difference <= 0.05
    program.use_flash(flash)
    return program, "%s (libtorch's choice %d; flash differs from products by %.4f)" % (
        "flash for all documents at once" if flash else "not flash", choice, difference)


def timed(device, tokens, steps, step):
    step()  # warms up
    step()
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        loss = step()
        seconds.append(time.perf_counter() - start)
    assert math.isfinite(loss)
    return tokens / statistics.median(seconds), device.peak(), loss


def ours(directory, config, name, device, tokens, steps, repeat=False):
    device.forget()
    torch.manual_seed(0)

    def load():
        return torch.jit.load(str(directory / (name + ".pt")), map_location=device.name)

    program, path = attention(load, device)
    if repeat:  # training.deterministic
        program.use_flash(False)
        program.fused_above = 2 ** 31 - 1
        path = "products of matrices, which repeat"
    base = archive.weights(program, config, torch.bfloat16, device.name, quantize=quantized if "nf4" in name else None)
    shape = [1, tokens, 1]
    parts = archive.documents(shape, config["vocab_size"], device.name)
    trained = archive.adapter(program, config, 16, device.name)
    state = archive.State([x.clone() for x in trained])

    def step():
        state.accumulate(program, shape, parts, base)
        return state.update(program, tokens)[0].item() / tokens

    rate, peak, loss = timed(device, tokens, steps, step)
    print("ours %-14s %6d tokens: %8.0f tokens/s, peak %6.2f GiB, loss %.3f, attention: %s"
          % (name + (" repeats" if repeat else ""), tokens, rate, peak, loss, path), flush=True)
    again = [archive.State([x.clone() for x in trained]) for _ in range(2)]
    for each in again:
        each.accumulate(program, shape, parts, base)
    same = all(torch.equal(a, b) for a, b in zip(again[0].gradients, again[1].gradients))
    print("     gradients of two runs are %s" % ("the same to the bit" if same else "not the same to the bit"), flush=True)
    return rate, peak, same


def peft(config, device, tokens, steps):
    from peft import LoraConfig, get_peft_model
    from transformers import AutoConfig, AutoModelForCausalLM

    device.forget()
    torch.manual_seed(0)
    torch.set_grad_enabled(True)  # which the program of a build switches off
    with torch.device(device.name):
        base = AutoModelForCausalLM.from_config(AutoConfig.for_model(**config), dtype=torch.bfloat16,
                                                attn_implementation="sdpa")
        model = get_peft_model(base, LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM"))
    model.train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-4, fused=True)
    ids = torch.randint(3, config["vocab_size"], (1, tokens + 1), device=device.name)

    def step():
        optimizer.zero_grad()
        loss = model(ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        return loss.item()

    rate, peak, loss = timed(device, tokens, steps, step)
    print("PEFT %-14s %6d tokens: %8.0f tokens/s, peak %6.2f GiB, loss %.3f, attention: SDPA"
          % ("bf16", tokens, rate, peak, loss), flush=True)
    return rate


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
    parser.add_argument("--shape", default="8b")
    parser.add_argument("--tokens", type=int, default=4096)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--without-peft", action="store_true")
    options = parser.parse_args()
    device = Device(options.device)
    directory = options.directory / options.shape
    config = json.loads((directory / "config.json").read_text())
    tokens = options.tokens
    torch._C._set_graph_executor_optimize(False)  # as in a build
    print("libtorch %s on %s" % (torch.__version__, torch.cuda.get_device_name() if device.cuda else "a CPU"))
    size = 8192 if device.cuda else 1024
    for dtype in torch.bfloat16, torch.float32:
        print("a product of %d x %d in %s: %.3f TFLOP/s" % (size, size, dtype, device.product_rate(dtype, size)))
    rate, _, _ = ours(directory, config, "bf16", device, tokens, options.steps)
    repeats, _, same = ours(directory, config, "bf16", device, tokens, options.steps, repeat=True)
    nf4, _, _ = ours(directory, config, "nf4", device, tokens, options.steps)
    _, small, _ = ours(directory, config, "nf4-recompute", device, tokens // 2, options.steps)
    theirs = 0 if options.without_peft else peft(config, device, tokens, options.steps)
    print("NF4 is %.2f times as fast as bf16 (goal: 0.85)" % (nf4 / rate))
    print("training.deterministic is %.2f times as fast; its gradients %s" % (
        repeats / rate, "repeat" if same else "DO NOT REPEAT"))
    if theirs:
        print("ours is %.2f times as fast as PEFT (goal: more than 1)" % (rate / theirs))
    if device.cuda and options.shape == "8b":
        print("goals: %.0f of 10,000 tokens/s; NF4 with recomputation at %d tokens: %.2f of 10 GiB" % (
            rate, tokens // 2, small))


main()
