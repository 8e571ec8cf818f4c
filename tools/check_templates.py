"""Compares what random templates gave here with what Python's jinja2 makes of them.

    mvn test -pl ft-runtime -Dtest=TemplateFuzzTest -Dfuzz.inputs=5000 -Dfuzz.out=/tmp/outcomes.jsonl
    python tools/check_templates.py /tmp/outcomes.jsonl

Where both give a text, the texts must be equal. Where only one does, that is counted, and shown with --all: what an
object is called in a text (<generator object at 0x...>) is skipped, and so is time.
"""

import collections
import datetime
import json
import re
import resource
import signal
import sys

from golden_templates import Generation, loopcontrols, raise_exception, tojson
from jinja2.sandbox import ImmutableSandboxedEnvironment

SKIPPED = re.compile(r"0x[0-9a-f]{6,}|lipsum|random|xmlattr|urlize|filesizeformat|wordwrap|<.* object|Undefined|<Macro|<class|<function|<built-in|<bound| at 0x|_reverseiterator")
DATA = {"l": [1, "two", 3.0], "d": {"k": "v"}, "s": "some text", "n": 12}


class TooLong(Exception):
    pass


def too_long(*_):
    raise TooLong("runs too long")


def main():
    signal.signal(signal.SIGALRM, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = lambda form: datetime.datetime(2025, 7, 10).strftime(form)
    counts = collections.Counter()
    for line in open(sys.argv[1], encoding="utf-8"):
        ours = json.loads(line)
        template = ours["template"]
        if "lipsum" in template or "strftime_now" in template:
            continue
        theirs, error = None, None
        signal.alarm(2)  # what is bounded here may run for hours there
        try:
            theirs = environment.from_string(template).render(**DATA, wide=[f"item {i % 100}" for i in range(50000)])
            theirs.encode("utf-8")
        except Exception as e:
            theirs, error = None, f"{type(e).__name__}: {e}"
        finally:
            signal.alarm(0)
        text = ours["text"]
        if (theirs and SKIPPED.search(theirs)) or (text and SKIPPED.search(text)):
            counts["skipped"] += 1
        elif theirs == text:
            counts["equal" if text is not None else "both fail"] += 1
        elif theirs is not None and text is not None:
            counts["DIFFERENT"] += 1
            print(f"DIFFERENT {template}\n   here {text[:200]!r}\n   jinja {theirs[:200]!r}")
        else:
            side = "only jinja gives a text" if text is None else "only here is a text"
            counts[side] += 1
            if "--all" in sys.argv:
                print(f"{side}: {template}\n   here {str(ours['error'] if text is None else text)[:150]!r}\n   jinja {str(error if theirs is None else theirs)[:150]!r}")
    print(dict(counts))
    sys.exit(1 if counts["DIFFERENT"] else 0)


if __name__ == "__main__":
    main()
