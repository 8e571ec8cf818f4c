"""Compares what random templates gave here with what Python's jinja2 makes of them.

    mvn test -pl ft-runtime -Dtest=TemplateFuzzTest -Dfuzz.inputs=5000 -Dfuzz.out=/tmp/outcomes.jsonl
    python tools/check_templates.py /tmp/outcomes.jsonl

Where both give a text, the texts must be equal. Where only one does, that is counted, and shown with --all. Skipped is
what names an object by its address; and slices of constants that have none, for which jinja2 has another answer than for
values of variables.
"""

import collections
import datetime
import json
import multiprocessing
import re
import sys

from golden_templates import Generation, loopcontrols, raise_exception, tojson
from jinja2.sandbox import ImmutableSandboxedEnvironment

SKIPPED = re.compile(
    r"0x[0-9a-f]{6,}|lipsum|<.* object|Undefined|<Macro|<class|<function|<built-in|<bound| at 0x|_reverseiterator"
    r"|'g', 'e', 'n', 'e', 'r'"
)
FOLDED = re.compile(r"cannot be sliced|cannot be interpreted as an integer")
DATA = {"l": [1, "two", 3.0], "d": {"k": "v"}, "s": "some text", "n": 12, "wide": [f"item {i % 100}" for i in range(50000)]}
SECONDS = 3  # what is bounded here may run for hours there


def environment():
    made = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
    made.filters["tojson"] = tojson
    made.globals["raise_exception"] = raise_exception
    made.globals["strftime_now"] = lambda form: datetime.datetime(2025, 7, 10).strftime(form)
    return made


def render(template):
    try:
        text = environment().from_string(template).render(**DATA)
        text.encode("utf-8")
        return text, None
    except Exception as e:
        return None, f"{type(e).__name__}: {e}"


def main():
    counts = collections.Counter()
    pool = multiprocessing.Pool(1)
    for line in open(sys.argv[1], encoding="utf-8"):
        ours = json.loads(line)
        template, text = ours["template"], ours["text"]
        if "lipsum" in template or "strftime_now" in template:
            continue
        try:
            theirs, error = pool.apply_async(render, (template,)).get(SECONDS)
        except multiprocessing.TimeoutError:
            counts["jinja runs too long"] += 1
            pool.terminate()
            pool = multiprocessing.Pool(1)
            continue
        if (theirs and SKIPPED.search(theirs)) or (text and SKIPPED.search(text)):
            counts["skipped"] += 1
        elif text is None and theirs is not None and FOLDED.search(ours["error"]) and ":" in template:
            counts["skipped"] += 1
        elif theirs == text:
            counts["equal" if text is not None else "both fail"] += 1
        elif theirs is not None and text is not None:
            counts["DIFFERENT"] += 1
            print(f"DIFFERENT {template}\n   here {text[:200]!r}\n   jinja {theirs[:200]!r}", flush=True)
        else:
            side = "only jinja gives a text" if text is None else "only here is a text"
            counts[side] += 1
            if "--all" in sys.argv:
                here, there = str(ours["error"] if text is None else text), str(error if theirs is None else theirs)
                print(f"{side}: {template}\n   here {here[:150]!r}\n   jinja {there[:150]!r}", flush=True)
    pool.terminate()
    print(dict(counts))
    sys.exit(1 if counts["DIFFERENT"] else 0)


if __name__ == "__main__":
    main()
