// Compares the sandbox's verdict with Ajv's newest on every test of a draft of the JSON-Schema-Test-Suite:
// npm install --prefix DIR ajv@8.20.0 ajv-formats@3.0.1
// node tools/check_json_schema.mjs SUITE DIR CLASSPATH [DRAFT]
// SUITE is a checkout; CLASSPATH that of ft-runtime's tests. DRAFT is draft7 if it is not given.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [suite, packages, classpath, draft = "draft7"] = process.argv.slice(2);
const require = createRequire(`${resolve(packages)}/`);
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;

const folder = join(resolve(suite), "tests", draft);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json"))
  .sort();
const ours = execFileSync(
  "java",
  ["-cp", classpath, "io.github.ftmaven.runtime.script.SchemaVerdicts", ...files.map((name) => join(folder, name))],
  { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] },
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

// As promptfoo makes it, but anew for each schema: there a second one with the same $id is refused.
const quiet = { log() {}, warn() {}, error() {} };
const verdict = (schema, data) => {
  try {
    const ajv = new Ajv({ strictSchema: true, logger: quiet });
    addFormats(ajv);
    return String(ajv.compile(schema)(data));
  } catch (error) {
    return `error: ${error.message}`;
  }
};

const count = { same: 0, sameErrors: 0, otherMessage: 0, different: 0, asTheSuiteSays: 0 };
let row = 0;
for (const name of files) {
  for (const { description, schema, tests } of JSON.parse(readFileSync(join(folder, name), "utf8"))) {
    for (const test of tests) {
      const theirs = verdict(schema, test.data);
      const own = ours[row++];
      const errors = theirs.startsWith("error") && own.startsWith("error");
      if (theirs === own || errors) {
        count.same++;
        count.sameErrors += errors ? 1 : 0;
        count.otherMessage += theirs === own ? 0 : 1;
      } else {
        count.different++;
        console.log(`${name}: ${description}: ${test.description}: ${own}, Ajv: ${theirs}`);
      }
      count.asTheSuiteSays += own === String(test.valid) ? 1 : 0;
    }
  }
}
console.log(JSON.stringify({ rows: row, ...count }));
process.exit(count.different === 0 ? 0 : 1);
