"""Writes what the statistics are compared with: scipy's and statsmodels' answers, or, where they have none, a
computation from the definition that shares nothing with ours but the definition."""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

OUT = (
    Path(__file__).resolve().parents[1]
    / "ft-runtime/src/test/resources/io/github/ftmaven/runtime/statistics/statistics-golden.json"
)


def mcnemar_p(first, second):
    if first + second == 0:
        return 1.0
    p = stats.binomtest(first, first + second, 0.5, alternative="greater").pvalue
    # statsmodels has the two-sided test only: twice the smaller tail.
    both = mcnemar([[0, first], [second, 0]], exact=True).pvalue
    if first > second:
        assert abs(min(1, 2 * p) - both) < 1e-12
    return p


def mcnemar_power(n, first, second, alpha):
    power = 0.0
    for m in range(1, n + 1):
        k = np.arange(m + 1)
        rejected = stats.binom.sf(k - 1, m, 0.5) <= alpha
        power += stats.binom.pmf(m, n, first + second) * stats.binom.pmf(k, m, first / (first + second))[rejected].sum()
    return power


def restricted(first, second, n, difference):
    """The likeliest probability of an item that only the second model gets right, by numerical maximization."""
    low, high = max(0.0, -difference), (1 - difference) / 2

    def loss(q):
        total = 0.0
        for count, share in ((first, q + difference), (second, q), (n - first - second, 1 - 2 * q - difference)):
            if count > 0:
                total -= count * np.log(max(share, 1e-300))
        return total

    best = optimize.minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
    return min((low, best, high), key=loss)


def score(first, second, n, difference):
    q = restricted(first, second, n, difference)
    variance = n * (2 * q + difference * (1 - difference))
    distance = first - second - n * difference
    return 0.0 if abs(distance) < 1e-12 else distance / np.sqrt(max(variance, 1e-300))


def tango(first, second, n, confidence):
    z = stats.norm.ppf(confidence)
    low = optimize.brentq(lambda d: score(first, second, n, d) - z, -1 + 1e-9, (first - second) / n)
    high = optimize.brentq(lambda d: score(first, second, n, d) + z, (first - second) / n, 1 - 1e-9)
    return [low, high]


def margin_p(first, second, n, margin):
    """Every table with a score as large, its probability summed, for the worst of 2,000 nuisance shares."""
    observed = score(first, second, n, margin)
    tables = [
        (i, j) for i in range(n + 1) for j in range(n + 1 - i) if score(i, j, n, margin) >= observed - 1e-6
    ]
    i, j = np.array(tables).T
    low, high = proportion_confint(first + second, n, alpha=1e-4, method="beta")
    logs = stats.multinomial
    worst = 0.0
    for share in np.linspace(max(low, abs(margin)), max(high, abs(margin)), 2000):
        only_first, only_second = (share + margin) / 2, (share - margin) / 2
        counts = np.column_stack([i, j, n - i - j])
        p = logs.pmf(counts, n, [only_first, only_second, 1 - only_first - only_second])
        worst = max(worst, p.sum())
    return min(1.0, worst + 1e-4)


def paired(n, seed, differing):
    random = np.random.default_rng(seed)
    second = np.round(random.beta(5, 2, n), 6)
    first = np.where(random.random(n) < differing, np.round(random.beta(6, 2, n), 6), second)
    return first, second


def bootstrap(first, second):
    n = len(first)
    t = stats.t.ppf(0.95, n - 1) * np.sqrt(n / (n - 1))
    result = stats.bootstrap(
        (first - second,), np.mean, method="BCa", confidence_level=2 * stats.norm.cdf(t) - 1, n_resamples=200_000,
        rng=np.random.default_rng(1), batch=2000,
    )
    return [result.confidence_interval.low, result.confidence_interval.high]


def permutation(first, second):
    return stats.permutation_test(
        (first, second), lambda a, b, axis: np.mean(a - b, axis=axis), permutation_type="samples",
        alternative="greater", n_resamples=200_000, vectorized=True, rng=np.random.default_rng(2), batch=2000,
    ).pvalue


def main():
    golden = {
        "mcnemar": [
            {"first": f, "second": s, "p": mcnemar_p(f, s)}
            for f, s in [(0, 0), (5, 0), (4, 0), (0, 7), (9, 3), (30, 14), (14, 30), (200, 150)]
        ],
        "power": [
            {"items": n, "first": f, "second": s, "power": mcnemar_power(n, f, s, 0.05)}
            for n, f, s in [(50, 0.1, 0.05), (100, 0.1, 0.05), (200, 0.125, 0.025), (500, 0.09, 0.06)]
        ],
        "share": [
            {
                "right": x, "items": n, "confidence": c, "threshold": t,
                "wilson": list(proportion_confint(x, n, alpha=2 * (1 - c), method="wilson")),
                "exact": list(proportion_confint(x, n, alpha=2 * (1 - c), method="beta")),
                "above": stats.binomtest(x, n, t, alternative="greater").pvalue,
                "below": stats.binomtest(x, n, t, alternative="less").pvalue,
            }
            for x, n, c, t in [(95, 100, 0.95, 0.9), (18, 20, 0.95, 0.7), (411, 500, 0.99, 0.85), (0, 30, 0.9, 0.1)]
        ],
        "tango": [
            {"first": f, "second": s, "items": n, "confidence": c, "interval": tango(f, s, n, c)}
            for f, s, n, c in [(9, 3, 50, 0.95), (3, 9, 50, 0.95), (1, 0, 30, 0.9), (40, 25, 300, 0.99), (2, 2, 20, 0.95)]
        ],
        "margin": [
            {"first": f, "second": s, "items": n, "margin": d, "p": margin_p(f, s, n, d)}
            for f, s, n, d in [(9, 1, 40, 0.05), (12, 2, 40, 0.1), (3, 0, 25, 0.02), (6, 5, 30, -0.1), (2, 8, 30, 0.05)]
        ],
        "holm": [
            {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()}
            for p in ([0.01, 0.04, 0.03, 0.005], [0.5, 0.6], [0.02], [0.03, 0.03, 0.9])
        ],
        "resampled": [],
    }
    for n, seed, differing in [(12, 1, 1.0), (40, 2, 1.0), (60, 3, 0.3), (150, 4, 0.5)]:
        first, second = paired(n, seed, differing)
        golden["resampled"].append(
            {
                "first": first.tolist(), "second": second.tolist(), "bca": bootstrap(first, second),
                "permutation": permutation(first, second),
            }
        )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(golden) + "\n")


main()
