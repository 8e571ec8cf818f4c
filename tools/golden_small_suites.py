"""Runs the real promptfoo on the small suites of ft-runtime/src/test/resources/suites/small.json, each of which is a few
files and variables of the environment, and writes into it what their rows came to; null where promptfoo refuses.

    npm install promptfoo@0.123.1
    python tools/golden_small_suites.py node_modules/.bin/promptfoo [NAME…]
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

SMALL = pathlib.Path(__file__).parent.parent / "ft-runtime/src/test/resources/suites/small.json"


def essence(results):
    rows = sorted(results["results"]["results"], key=lambda row: (row["testIdx"], row["promptIdx"]))
    return {
        "prompts": [f'{prompt["label"]} / {prompt["provider"]}' for prompt in results["results"]["prompts"]],
        "rows": [
            {
                "row": f'{row["testIdx"]}/{row["promptIdx"]}',
                "prompt": row["prompt"]["raw"],
                "vars": row["vars"],
                "score": row["score"],
                "failureReason": row["failureReason"],
                "namedScores": row["namedScores"],
                "description": row["testCase"].get("description", ""),
                "metadata": row["testCase"].get("metadata") or {},
                "provider": row["provider"],
                "components": len((row.get("gradingResult") or {}).get("componentResults") or []),
            }
            for row in rows
        ],
    }


def run(promptfoo, suite):
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory) / "suite"
        for name, text in suite["files"].items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
        environment = {
            **os.environ,
            "PROMPTFOO_DISABLE_TELEMETRY": "1",
            "PROMPTFOO_DISABLE_UPDATE": "1",
            "PROMPTFOO_CONFIG_DIR": directory,
            **suite["env"],
        }
        output = pathlib.Path(directory) / "out.json"
        subprocess.run(
            [os.path.abspath(promptfoo), "eval", "-c", "c.yaml", "--no-cache", "--no-table", "-o", str(output)],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
        )
        return essence(json.loads(output.read_text())) if output.exists() else None


def main():
    promptfoo, *names = sys.argv[1:]
    suites = json.loads(SMALL.read_text())
    for suite in suites:
        if not names or suite["name"] in names:
            suite["expected"] = run(promptfoo, suite)
            print(suite["name"], "refused" if suite["expected"] is None else len(suite["expected"]["rows"]))
    write(suites)


def write(suites):
    SMALL.write_text("[\n" + ",\n".join(json.dumps(suite, ensure_ascii=True) for suite in suites) + "\n]\n")


if __name__ == "__main__":
    main()
