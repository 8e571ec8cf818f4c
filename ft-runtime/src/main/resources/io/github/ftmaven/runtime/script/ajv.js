// JSON Schema by Ajv, with the options of promptfoo.
"use strict";
const Ajv = require("ajv");
const { addFormats } = bridge;

const ajv = new Ajv({ strictSchema: true, logger: false, code: { optimize: false } });
addFormats(ajv);
ajv.validateSchema({}); // compiles the schema of schemas

// A schema, ready for many values. One that Ajv refuses throws.
functions.schema = ({ schema, strict }) => {
  ajv.opts.strictSchema = strict !== false;
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? { valid: true } : { valid: false, errors: ajv.errorsText(validate.errors) });
};
