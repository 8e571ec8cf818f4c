"""Writes the golden values of StrftimeTest: what Python's strftime makes of dates on Linux, as strftime_now calls it.

    TZ=UTC LC_ALL=C python3.11 tools/golden_strftime.py

Python passes most of a format to glibc. Needs no packages.
"""

import itertools
import json
import locale
import time
from datetime import datetime
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "ft-runtime/src/test/resources/templates/strftime.json"

# The ends of years whose weeks belong to another year, hours around noon and midnight, one digit and two.
MOMENTS = [
    "2024-12-30T00:00:00.000000", "2024-12-29T23:59:59.999999", "2021-01-01T12:00:00.000001", "2020-12-31T01:02:03.040506",
    "2023-01-01T13:05:09.500000", "2016-01-03T11:59:00.000000", "2024-02-29T09:08:07.000000", "2000-07-09T20:10:30.123456",
    "1999-10-10T10:10:10.000000", "2026-12-27T17:45:00.000000",
]
CODES = "aAbBcCdDeFfgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%"
FLAGS = ["", "-", "_", "0", "^", "#"]
OTHERS = [
    "%5d", "%-5d", "%_5d", "%05d", "%8a", "%08a", "%^8A", "%6Y", "%_6Y", "%10F", "%12T", "%3%", "%Ey", "%EY", "%Od", "%OH", "%Ex",
    "%-I:%M %p", "%A, %-d. %B %Y", "%", "a%", "%q", "%-q", "%5q", "%!", "%%d", "%%%d", "ä %d 🌊", "", "%^^a", "%-_d", "%_-d", "%010j",
    "%#^p", "%^#p", "%-", "%5", "%E", "%ñ", "%i", "%J", "%K", "%L", "%N", "%o", "%O", "%Q", "%v", "%+", "%200d", "%3000d", "%Ed", "%Of", "%5n", "%_5H", "%_5n|", "%06p", "%^12c", "%012c", "%^#a", "%#5p",
]


def main():
    time.tzset()
    locale.setlocale(locale.LC_ALL, "C")
    formats = [f"%{flag}{code}" for code, flag in itertools.product(CODES, FLAGS)] + OTHERS
    cases = {}
    for form in formats:
        cases[form] = [datetime.fromisoformat(moment).strftime(form) for moment in MOMENTS]
    lines = [f"{json.dumps(form, ensure_ascii=False)}: {json.dumps(found, ensure_ascii=False)}" for form, found in cases.items()]
    FILE.write_text(
        '{"moments": ' + json.dumps(MOMENTS) + ',\n"formats": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8"
    )
    print(len(formats), "formats of", len(MOMENTS), "moments")


if __name__ == "__main__":
    main()
