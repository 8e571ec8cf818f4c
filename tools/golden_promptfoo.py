"""Runs the real promptfoo on the configurations of ft-runtime/src/test/resources/suites and writes beside each what its
rows and metrics came to, NAME.expected.json.

    npm install --omit=optional promptfoo@0.123.1 node@22.23.3 @libsql/linux-x64-gnu
    PATH=$PWD/node_modules/.bin:$PATH python tools/golden_promptfoo.py node_modules/.bin/promptfoo [NAME…]

With `--compare RESULTS.json EXPECTED.json` it compares two results files instead.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

SUITES = pathlib.Path(__file__).parent.parent / "ft-runtime/src/test/resources/suites"


def essence(results):
    """What does not depend on the day, the machine or the order of completion."""
    rows = sorted(results["results"]["results"], key=lambda row: (row["testIdx"], row["promptIdx"]))
    return {
        "prompts": [
            {
                "label": prompt["label"],
                "id": prompt["id"],
                "provider": prompt["provider"],
                **{
                    key: prompt["metrics"][key]
                    for key in ("score", "testPassCount", "testFailCount", "testErrorCount", "assertPassCount",
                                "assertFailCount", "namedScores", "namedScoresCount", "namedScoreWeights")
                },
            }
            for prompt in results["results"]["prompts"]
        ],
        "rows": [
            {
                "testIdx": row["testIdx"],
                "promptIdx": row["promptIdx"],
                "prompt": row["prompt"]["raw"],
                "output": (row.get("response") or {}).get("output"),
                "vars": row["vars"],
                "success": row["success"],
                "score": row["score"],
                "failureReason": row["failureReason"],
                "namedScores": row["namedScores"],
                "description": row["testCase"].get("description"),
                "components": [
                    {
                        "type": (component.get("assertion") or {}).get("type"),
                        "pass": component["pass"],
                        "score": component["score"],
                        "reason": component["reason"].split("\n")[0],
                        **({"set": component["metadata"]["assertionSet"], "members": len(component["componentResults"])}
                           if "assertionSet" in (component.get("metadata") or {}) else {}),
                        **({"tokens": component["tokensUsed"]} if component.get("tokensUsed") else {}),
                    }
                    for component in ((row.get("gradingResult") or {}).get("componentResults") or [])
                ],
                "error": (row.get("error") or "").split("\n")[0] if row["failureReason"] == 2 else None,
            }
            for row in rows
        ],
    }


def run(promptfoo, suite, **variables):
    with tempfile.TemporaryDirectory() as directory:
        output = pathlib.Path(directory) / "results.json"
        environment = {
            **os.environ,
            "PROMPTFOO_DISABLE_TELEMETRY": "1",
            "PROMPTFOO_DISABLE_UPDATE": "1",
            "PROMPTFOO_CONFIG_DIR": directory,
            **variables,
        }
        subprocess.run(
            [os.path.abspath(promptfoo), "eval", "-c", suite.name, "--no-cache", "--no-table", "-o", str(output)],
            cwd=suite.parent,
            env=environment,
            capture_output=True,
            check=False,
        )
        return essence(json.loads(output.read_text()))


def write(suite, expected):
    text = json.dumps(expected, indent=1, ensure_ascii=False) + "\n"
    suite.with_suffix(".expected.json").write_text(text)
    print(suite.stem, len(expected["rows"]), "rows")


def main():
    if sys.argv[1] == "--compare":
        one, other = (essence(json.loads(pathlib.Path(path).read_text())) for path in sys.argv[2:4])
        print("same" if one == other else json.dumps([one, other], indent=1))
        return
    promptfoo, *names = sys.argv[1:]
    for suite in sorted(SUITES.glob("*.yaml")):
        if not names or suite.stem in names:
            write(suite, run(promptfoo, suite))


if __name__ == "__main__":
    main()
