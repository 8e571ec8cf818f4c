// Templates as nunjucks renders them, without escaping; what is not defined is nothing.
"use strict";
// The library looks for a browser's window, or for what it may add itself to.
const library = require("nunjucks");

// promptfoo reads other templates from the directory it was started in. Where that is, nobody here knows: to include
// nothing, as "ignore missing" does without a file, would ask another question.
const files = {
  getSource(name) {
    throw new Error(
      `the template reads the file ${name}: include, import and extends are not available here. ` +
        "Write its text into the template, or give it as a variable: file://" + name,
    );
  },
};

// A template with the user's own filters, ready for many sets of variables.
functions.render = ({ template, filters }) => {
  const environment = new library.Environment([files], { autoescape: false, throwOnUndefined: false });
  environment.addFilter("load", (text) => JSON.parse(text));
  for (const [name, source] of Object.entries(filters || {})) {
    environment.addFilter(name, bridge.exported(source));
  }
  const compiled = new library.Template(template, environment, undefined, true);
  return (vars) => compiled.render(vars);
};
