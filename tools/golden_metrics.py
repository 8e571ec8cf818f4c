"""Writes the golden values of MetricsTest with scikit-learn, rouge-score and sacreBLEU, which evaluation.Metrics follows.

    python tools/golden_metrics.py
"""

import json
import random
import unicodedata
import warnings
from pathlib import Path

import sacrebleu
from rouge_score.rouge_scorer import RougeScorer
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

FILE = (
    Path(__file__).resolve().parent.parent
    / "ft-runtime/src/test/resources/io/github/ftmaven/runtime/metrics/metrics-golden.json"
)


def normalize(text):
    return unicodedata.normalize("NFC", text.strip())


def drawn(seed, labels, items, right):
    """Labels of uneven frequency, answered right with the given probability, else by a label or an invented one."""
    random.seed(seed)
    names = [f"label {i}" for i in range(labels)]
    expected = [names[min(int(random.expovariate(3.0 / labels)), labels - 1)] for _ in range(items)]
    answers = []
    for label in expected:
        draw = random.random()
        if draw < right:
            answers.append(label)
        elif draw < right + (1 - right) * 0.8:
            answers.append(random.choice(names))
        else:
            answers.append(random.choice(["", "something else", "Label 0"]))
    return expected, answers


CASES = {
    "all right": (["a", "b", "a"], ["a", "b", "a"]),
    "all wrong": (["a", "b", "a"], ["b", "a", "b"]),
    "one label, never answered": (["a", "a"], ["x", "y"]),
    "answers outside the labels": (["a", "a", "b", "b"], ["a", "other", "", "b"]),
    "a label never answered": (["a", "b", "c", "c"], ["a", "a", "c", "c"]),
    "white space": ([" a", "b\n", "a  b"], ["a\n", "\tb ", "a b"]),
    "upper case is another answer": (["Yes", "no"], ["yes", "no"]),
    "composed and decomposed": (["caf\u00e9", "cafe\u0301", "cafe"], ["cafe\u0301", "caf\u00e9", "cafe"]),
    "outside the basic plane": (["\U0001f600", "\U0001f601", "\uff5e"], ["\U0001f600", "\uff5e", "\uff5e"]),
    "two labels": drawn(1, 2, 40, 0.7),
    "seven labels": drawn(2, 7, 60, 0.4),
    "sentences": (
        [
            "The quick brown fox jumps over the lazy dog.",
            "It costs $3,000.50 - or 10-12 % more, (approx.)!",
            "He said: \"don't\" & left; it's over...",
            "one",
            "caf\u00e9 na\u00efve \u2014 \u65e5\u672c\u8a9e",
            "a b c d e f",
        ],
        [
            "The fast brown fox jumped over the lazy dogs.",
            "It costs $3,000.50 or 10-12% more (approx.)!",
            "He said \"do not\" &amp; left; it is over.",
            "",
            "cafe na\u00efve - \u65e5\u672c\u8a9e",
            "a b c x d e f a b",
        ],
    ),
    "one sentence": (["to be or not to be"], ["to be, or not"]),
    "seventy-seven labels": drawn(3, 77, 300, 0.8),
}


def golden(name, expected, answers):
    true = [normalize(text) for text in expected]
    predicted = [normalize(text) for text in answers]
    labels = sorted(set(true))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        precision, recall, f1, support = precision_recall_fscore_support(
            true, predicted, labels=labels, zero_division=0
        )
        macro = f1_score(true, predicted, labels=labels, average="macro", zero_division=0)
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"])
    rouge = [scorer.score(target, answer) for target, answer in zip(expected, answers)]
    return {
        "name": name,
        "macroPrecision": float(precision.mean()),
        "macroRecall": float(recall.mean()),
        "microF1": float(f1_score(true, predicted, labels=labels, average="micro", zero_division=0)),
        **{key: sum(score[key].fmeasure for score in rouge) / len(rouge) for key in ("rouge1", "rouge2", "rougeL")},
        "bleu": sacrebleu.corpus_bleu(answers, [expected]).score / 100,
        "items": [list(pair) for pair in zip(expected, answers)],
        "accuracy": float(accuracy_score(true, predicted)),
        "macroF1": float(macro),
        "labels": {
            label: [float(precision[i]), float(recall[i]), float(f1[i]), int(support[i])]
            for i, label in enumerate(labels)
        },
    }


def main():
    cases = [json.dumps(golden(name, *case)) for name, case in CASES.items()]
    FILE.write_text("[\n" + ",\n".join(cases) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
