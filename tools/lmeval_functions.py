"""Writes the resource lm-eval-functions.txt: the digests of those Python files of the installed lm-eval whose functions
BuiltIns.java writes anew, of the lines that are no comments and not empty. Whoever runs it with another version adds
what the functions do there to BuiltIns.java.

    python tools/lmeval_functions.py
"""

import hashlib
from pathlib import Path

import lm_eval

TASKS = Path(lm_eval.__file__).parent / "tasks"
ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "ft-runtime/src/main/resources/io/github/ftmaven/runtime/lmeval/lm-eval-functions.txt"
MODULES = {
    "bigbench.utils": "bigbench/utils.py",
    "eus_exams.utils": "eus_exams/utils.py",
    "global_mmlu.default.utils": "global_mmlu/default/*/utils.py",
    "global_mmlu.full.utils": "global_mmlu/full/*/utils.py",
    "hellaswag.utils": "hellaswag/utils.py",
    "include.utils": "include/*/*/utils.py",
    "mmlusr.utils": "mmlusr/*/utils.py",
    "okapi.arc_multilingual.utils": "okapi/arc_multilingual/utils.py",
    "tmlu.default.utils": "tmlu/default/utils.py",
    "tmmluplus.default.utils": "tmmluplus/default/utils.py",
    "truthfulqa.utils": "truthfulqa/utils.py",
    "wikitext.preprocess_wikitext": "wikitext/preprocess_wikitext.py",
    "winogrande.preprocess_winogrande": "winogrande/preprocess_winogrande.py",
}

# many tasks' files have it in common
WEIGHTED_F1 = [
    "from lm_eval.utils import weighted_f1_score",
    """def weighted_f1_score(items):
    unzipped_list = list(zip(*items))
    golds = unzipped_list[0]
    preds = unzipped_list[1]
    fscore = f1_score(golds, preds, average="weighted")
    return fscore
""",
]


def digest(path):
    lines = [line.rstrip() for line in path.read_text(encoding="utf-8").splitlines()]
    text = "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))
    return hashlib.sha256(text.encode()).hexdigest()


def main():
    lines = {
        f"{digest(path)} lm_eval.utils"
        for path in TASKS.glob("**/*.py")
        if any(line in path.read_text(encoding="utf-8") for line in WEIGHTED_F1)
    }
    for module, pattern in MODULES.items():
        lines |= {f"{digest(path)} {module}" for path in TASKS.glob(pattern)}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text("".join(line + "\n" for line in sorted(lines, key=lambda line: line.split()[::-1])))


if __name__ == "__main__":
    main()
