"""The program of a build without the build: what torch.jit.load gets from DecoderArchive, its weights and its documents.

DecoderArchive is a class among the tests of ft-runtime; README.md of tools says how to run it.
"""
import torch


def weights(program, config, dtype, device, scale=0.02, quantize=None):
    """Random weights in the order of the program's slots; quantize makes bytes of a linear layer's (out, in)."""
    d, f = config["hidden_size"], config["intermediate_size"]
    h, k = config["num_attention_heads"], config.get("num_key_value_heads", config["num_attention_heads"])
    e = config.get("head_dim", d // h)
    linear = {1: (h * e, d), 2: (k * e, d), 3: (k * e, d), 4: (d, h * e), 6: (f, d), 7: (f, d), 8: (d, f)}
    size = {0: d, 5: d, 9: h * e, 10: k * e, 11: k * e, 12: d, 14: f, 15: f, 16: d, 17: e, 18: e, 19: d, 20: d}
    slots = program.slots
    tied = program.tied
    result = [None] * (max(slots) + (2 if tied else 3))

    def normal(*shape):
        return (torch.randn(*shape, device=device, dtype=dtype) * scale)

    result[0] = normal(config["vocab_size"], d)
    result[-1 if tied else -2] = torch.ones(d, device=device, dtype=dtype)
    if not tied:
        result[-1] = normal(config["vocab_size"], d)
    for i, place in enumerate(slots):
        if place >= 0:
            slot = i % 21
            if slot in linear:
                w = normal(*linear[slot])
                result[place] = quantize(w) if quantize else w
            elif 9 <= slot <= 16:
                result[place] = normal(size[slot])
            else:
                result[place] = torch.ones(size[slot], device=device, dtype=dtype)
    return result


def adapter(program, config, rank, device, scale=0.01):
    """A and B of every pair, float32, in the program's order."""
    d, f = config["hidden_size"], config["intermediate_size"]
    h, k = config["num_attention_heads"], config.get("num_key_value_heads", config["num_attention_heads"])
    e = config.get("head_dim", d // h)
    linear = {1: (h * e, d), 2: (k * e, d), 3: (k * e, d), 4: (d, h * e), 6: (f, d), 7: (f, d), 8: (d, f)}
    result = [None] * (2 * (max(program.pairs) + 1))
    for i, pair in enumerate(program.pairs):
        if pair >= 0:
            out, width = linear[i % 9]
            result[2 * pair] = torch.randn(rank, width, device=device) * width ** -0.5
            result[2 * pair + 1] = torch.randn(out, rank, device=device) * scale
    return result


def documents(shape, vocabulary, device, seed=0):
    """ids, positions, rows and targets of groups (documents, tokens, 1), every token learnt."""
    generator = torch.Generator().manual_seed(seed)
    count = sum(shape[i] * shape[i + 1] for i in range(0, len(shape), 3))
    ids = torch.randint(3, vocabulary, (count,), generator=generator)
    targets = torch.randint(3, vocabulary, (count,), generator=generator)
    positions = torch.cat([torch.arange(shape[i + 1]).repeat(shape[i]) for i in range(0, len(shape), 3)])
    return [x.to(device) for x in (ids, positions, torch.arange(count), targets)]


class State:
    """Gradients, moments and steps of trained tensors."""

    def __init__(self, trained):
        self.trained = trained
        self.gradients = [torch.zeros_like(x) for x in trained]
        self.first = [torch.zeros_like(x) for x in trained]
        self.second = [torch.zeros_like(x) for x in trained]
        self.steps = [torch.zeros([], device=x.device) for x in trained]
        self.total = torch.zeros([1], dtype=torch.float64, device=trained[0].device)

    def accumulate(self, program, shape, parts, base):
        program.prepare(shape, [])
        program.accumulate(*parts, base, self.trained, self.gradients, self.total)

    def update(self, program, tokens, rate=1e-4):
        """Returns loss and norm, still on the device."""
        return program.update(self.trained, self.gradients, self.first, self.second, self.steps, self.total, float(tokens),
                              rate, 1.0, 0.0)
