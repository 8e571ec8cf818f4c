// Reads small documents with js-yaml and the tags that promptfoo 0.123.1 gives it, and writes what each stands for:
//
//     npm install js-yaml@5.4.1
//     node tools/golden_yaml.mjs node_modules/js-yaml/dist/js-yaml.mjs
//
// The documents are those of ft-runtime/src/test/resources/yaml/js-yaml.json, which is written anew.

import fs from "node:fs";
import path from "node:path";

const yaml = await import(path.resolve(process.argv[2]));
const file = new URL("../ft-runtime/src/test/resources/yaml/js-yaml.json", import.meta.url);

const set = yaml.defineMappingTag("tag:yaml.org,2002:set", {
  ...yaml.legacyMapTag,
  identify: yaml.setTag.identify,
  represent: yaml.setTag.represent,
  addPair: (container, key, value) =>
    value === null ? yaml.legacyMapTag.addPair(container, key, null) : "cannot resolve a set item",
});
const schema = yaml.CORE_SCHEMA.withTags(
  yaml.mergeTag, yaml.binaryTag, yaml.timestampTag, yaml.omapTag, yaml.pairsTag, set);

const load = (text) => {
  const documents = yaml.loadAll(text, { schema });
  if (documents.length > 1) {
    throw new Error("more than one document");
  }
  return documents[0];
};
const shown = (value) =>
  value === undefined
    ? "undefined"
    : JSON.stringify(value, (key, each) =>
        typeof each === "number" && !Number.isFinite(each)
          ? `num:${each}`
          : each instanceof Uint8Array
            ? `bytes:${Buffer.from(each).toString("hex")}`
            : each);

const documents = JSON.parse(fs.readFileSync(file, "utf8"));
const read = documents.map(({ yaml: text }) => {
  try {
    return { yaml: text, value: shown(load(text)) };
  } catch (error) {
    return { yaml: text, error: error.message.split("\n")[0] };
  }
});
fs.writeFileSync(file, JSON.stringify(read, null, 1) + "\n");
console.log(`${read.length} documents`);
