// Runs the real promptfoo's assertions, one by one, on the texts of ft-runtime/src/test/resources/assertions and writes
// beside each file what they came to, NAME.expected.json: for each case, text and assertion [pass, score, reason's first
// line], true for a plain pass, or the message of the error.
//
//     npm install --omit=optional promptfoo@0.123.1 node@22.23.3 @libsql/linux-x64-gnu
//     node_modules/.bin/node tools/golden_assertions.mjs node_modules/promptfoo [NAME…]

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import url from 'node:url';

process.env.PROMPTFOO_DISABLE_TELEMETRY = '1';
process.env.PROMPTFOO_DISABLE_UPDATE = '1';
process.env.PROMPTFOO_CONFIG_DIR = fs.mkdtempSync(path.join(os.tmpdir(), 'promptfoo-'));

const VERSION = '0.123.1';
const [folder, ...names] = process.argv.slice(2);
const version = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
if (version !== VERSION) {
  throw new Error(`promptfoo ${version} is not ${VERSION}`);
}
const { assertions } = await import(url.pathToFileURL(path.resolve(folder, 'dist/src/index.js')));
const here = path.dirname(url.fileURLToPath(import.meta.url));
const cases = path.join(here, '../ft-runtime/src/test/resources/assertions');

async function result(assertion, output, response) {
  const { latencyMs, config, ...providerResponse } = response ?? {};
  try {
    const graded = await assertions.runAssertion({
      assertion,
      test: { vars: { v: 'value' } },
      provider: { id: () => 'given', config: config ?? {} },
      providerResponse: { output, ...providerResponse },
      latencyMs,
    });
    const plain = graded.pass && graded.score === 1 && graded.reason === 'Assertion passed';
    return plain || [graded.pass, graded.score, graded.reason.split('\n')[0]];
  } catch (error) {
    return error.message.split('\n')[0];
  }
}

for (const file of fs.readdirSync(cases).sort()) {
  const name = file.replace(/\.json$/, '');
  if (name.endsWith('.expected') || (names.length > 0 && !names.includes(name))) {
    continue;
  }
  const expected = [];
  let count = 0;
  for (const each of JSON.parse(fs.readFileSync(path.join(cases, file), 'utf8'))) {
    const rows = [];
    for (const output of each.outputs) {
      const row = [];
      for (const assertion of each.assertions) {
        row.push(await result(assertion, output, each.response));
        count++;
      }
      rows.push(row);
    }
    expected.push(rows);
  }
  const lines = expected.map((rows) => `[\n  ${rows.map((row) => JSON.stringify(row)).join(',\n  ')}\n]`);
  fs.writeFileSync(path.join(cases, `${name}.expected.json`), `[${lines.join(',')}]\n`);
  console.log(name, count, 'results');
}
