"""Checks without a GPU what a GPU would be asked for: the calls of CUDA's flash kernel in the program of a build.

    python tools/check_attention.py ARCHIVE CONFIG

ARCHIVE comes from DecoderArchive (README.md), in BF16, for cuda; CONFIG is its config.json. libtorch has this kernel for
CUDA only, so plain products stand in for it here and in its gradient, with the arguments of the operator's own schema:
borders of documents, windows, shared keys. The step with the stand-in must agree with the step by products. Then the whole
step runs on tensors without values (meta): libtorch's own rules check the shapes and types of every operator, and a read of
a value would fail.
"""
import json
import math
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent / "bench"))
import archive  # noqa: E402

CALLS = []


def probabilities(q, k, left, right, scale):
    """(T, H, E), (T, K, E) -> (H, T, T) and the logarithms of their divisors (H, T): causal, with left keys before each."""
    place = torch.arange(q.shape[0])
    hidden = place[None, :] > place[:, None] + right
    if left >= 0:
        hidden |= place[None, :] < place[:, None] - left
    s = (torch.einsum("qhe,khe->hqk", q, k) * scale).masked_fill(hidden, -math.inf)
    return s.softmax(-1), s.logsumexp(-1)


def repeated(x, heads):
    return x.float().repeat_interleave(heads // x.shape[1], 1)


def document(q, k, v, left, right, scale):
    p, lse = probabilities(q.float(), repeated(k, q.shape[1]), left, right, scale)
    return torch.einsum("hqk,khe->qhe", p, repeated(v, q.shape[1])), lse


def gradients(g, q, k, v, left, right, scale):
    """By hand, because the dispatcher calls this below autograd."""
    heads, shared = q.shape[1], k.shape
    q, k, v, g = q.float(), repeated(k, heads), repeated(v, heads), g.float()
    p, _ = probabilities(q, k, left, right, scale)
    dp = torch.einsum("qhe,khe->hqk", g, v)
    ds = p * (dp - (p * dp).sum(-1, keepdim=True)) * scale
    dk, dv = torch.einsum("hqk,qhe->khe", ds, q), torch.einsum("hqk,qhe->khe", p, g)
    together = (shared[0], shared[1], heads // shared[1], shared[2])
    return torch.einsum("hqk,khe->qhe", ds, k), dk.view(together).sum(2), dv.view(together).sum(2)


def each(function, tensors, borders, *rest):
    edges = borders.tolist()
    return zip(*[function(*[x[a:b] for x in tensors], *rest) for a, b in zip(edges, edges[1:])])


def check(q, k, v, first, second, most, other, dropout, causal):
    assert q.dtype == k.dtype == v.dtype == torch.bfloat16
    assert q.stride(-1) == k.stride(-1) == v.stride(-1) == 1
    assert q.shape[0] == k.shape[0] == v.shape[0] and q.shape[1] % k.shape[1] == 0 and q.shape[2] % 8 == 0
    assert first.dtype == second.dtype == torch.int32 and first.is_contiguous() and first.device == q.device
    edges = first.tolist()
    assert edges[0] == 0 and edges[-1] == q.shape[0] and most == other == max(b - a for a, b in zip(edges, edges[1:]))
    assert dropout == 0 and causal


def forward(q, k, v, first, second, most, other, dropout, causal, debug, *, scale=None, window_size_left=None,
            window_size_right=None, seqused_k=None, alibi_slopes=None):
    check(q, k, v, first, second, most, other, dropout, causal)
    CALLS.append((len(first) - 1, most, window_size_left))
    o, lse = each(document, (q, k, v), first, window_size_left, window_size_right, scale)
    o, lse = torch.cat(o), torch.cat(lse, 1)
    empty = torch.zeros(0, dtype=torch.uint64)
    return o.to(q.dtype), lse, empty, empty.clone(), torch.zeros(0, dtype=q.dtype)


def backward(g, q, k, v, o, lse, first, second, most, other, dropout, causal, state, unused, *, scale=None,
             window_size_left=None, window_size_right=None):
    check(q, k, v, first, second, most, other, dropout, causal)
    assert g.shape == o.shape == q.shape and lse.shape == (q.shape[1], q.shape[0])
    found = each(gradients, (g, q, k, v), first, window_size_left, window_size_right, scale)
    return tuple(torch.cat(x).to(q.dtype) for x in found)


def step(program, config, flash, shape, base, trained, device):
    program.use_flash(flash)
    state = archive.State([x.clone() for x in trained])
    state.accumulate(program, shape, archive.documents(shape, config["vocab_size"], device), base)
    return state


def main():
    library = torch.library.Library("aten", "IMPL")
    library.impl("_flash_attention_forward", forward, "CPU")
    library.impl("_flash_attention_backward", backward, "CPU")
    config = json.load(open(sys.argv[2]))
    torch.manual_seed(0)
    program = torch.jit.load(sys.argv[1])
    base = archive.weights(program, config, torch.bfloat16, "cpu", 0.05)
    trained = archive.adapter(program, config, 16, "cpu")
    print("kernel chosen by libtorch: %d" % program.choice(torch.zeros(1)))
    difference = torch.jit.load(sys.argv[1]).difference(torch.zeros(1)).item()
    print("kernel against products, as a build measures it: %.4f" % difference)
    assert difference < 0.02
    for name, shape in {"one document": [1, 512, 1], "two lengths": [3, 24, 1, 2, 104, 1], "many": [32, 72, 1]}.items():
        CALLS.clear()
        tokens = sum(shape[i] * shape[i + 1] for i in range(0, len(shape), 3))
        one = step(program, config, True, shape, base, trained, "cpu")
        calls = list(CALLS)
        other = step(program, config, False, shape, base, trained, "cpu")
        assert len(CALLS) == len(calls) and len(calls) % program.layers == 0
        norms = [(torch.linalg.vector_norm(a - b) / torch.linalg.vector_norm(b)).item()
                 for a, b in zip(one.gradients, other.gradients)]
        print("%-12s %d calls %s, loss %.5f and %.5f a token, gradients differ by at most %.4f (median %.4f)"
              % (name, len(calls), sorted(set(calls)), one.total.item() / tokens, other.total.item() / tokens,
                 max(norms), sorted(norms)[len(norms) // 2]))
        assert abs(one.total.item() / other.total.item() - 1) < 1e-3 and max(norms) < 0.05
    # Without values: what a GPU would run may not ask for one.
    shape = [3, 24, 1, 2, 104, 1]
    fresh = torch.jit.load(sys.argv[1], map_location="meta")
    fresh.frequencies = [x.to("meta") for x in program.frequencies]
    fresh.tables = [x.to("meta") for x in program.tables]
    state = step(fresh, config, True, shape, [x.to("meta") for x in base], [x.to("meta") for x in trained], "meta")
    report = state.update(fresh, 280)
    assert report.is_meta and report.shape == (2,)
    print("a step without values: shapes and types agree, and nothing is read")


main()
