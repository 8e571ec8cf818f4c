"""Drift scores of made-up counts, by scipy.

The population stability index is Jeffreys' divergence KL(p, q) + KL(q, p) of shares with 0.5 added to each count. The
Jensen-Shannon divergence is the square of scipy's distance to base 2.

Run: python tools/golden_drift.py
"""

import json
import pathlib

import numpy
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

OUT = pathlib.Path(__file__).parent.parent / "ft-runtime/src/test/resources/io/github/ftmaven/runtime/drift/drift-golden.json"


def psi(reference, other):
    p = numpy.array(reference) + 0.5
    q = numpy.array(other) + 0.5
    return float(entropy(p, q) + entropy(q, p))  # entropy() normalizes both


def case(reference, other):
    return {
        "reference": [int(count) for count in reference],
        "other": [int(count) for count in other],
        "psi": psi(reference, other),
        "jensenShannon": float(jensenshannon(reference, other, base=2) ** 2),
    }


def main():
    random = numpy.random.default_rng(1)
    cases = [
        case([10, 20, 30], [10, 20, 30]),
        case([10, 20, 30], [30, 20, 10]),
        case([10, 0, 5], [0, 7, 0]),
        case([1], [9]),
        case([1000, 1, 1], [1, 1, 1000]),
    ]
    for bins in (2, 10, 77, 512):
        shares = random.dirichlet(numpy.ones(bins))
        moved = random.dirichlet(numpy.ones(bins))
        cases.append(case(random.multinomial(5000, shares), random.multinomial(700, shares)))
        cases.append(case(random.multinomial(5000, shares), random.multinomial(700, moved)))
    OUT.write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
