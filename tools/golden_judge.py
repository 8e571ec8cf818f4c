"""Runs the real promptfoo on the configurations of ft-runtime/src/test/resources/suites/judged, whose assertions a judge
grades, and writes beside each what its rows came to and what the judge was asked, NAME.expected.json. The judge is
judge_server.py, the same script as in JudgedGoldenTest.

    npm install --omit=optional promptfoo@0.123.1 node@22.23.3 @libsql/linux-x64-gnu
    PATH=$PWD/node_modules/.bin:$PATH python tools/golden_judge.py node_modules/.bin/promptfoo [NAME…]
"""

import json
import sys

from golden_promptfoo import SUITES, run, write
from judge_server import JudgeServer


def main():
    promptfoo, *names = sys.argv[1:]
    for suite in sorted((SUITES / "judged").glob("*.yaml")):
        if not names or suite.stem in names:
            with JudgeServer() as server:
                expected = run(promptfoo, suite, JUDGE_URL=server.url)
                expected["requests"] = sorted(json.dumps(body, ensure_ascii=False) for body in server.requests)
            text = json.dumps(expected, ensure_ascii=False).replace(server.url, "http://judge/v1")
            write(suite, json.loads(text))


main()
