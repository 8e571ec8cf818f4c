// Templates as nunjucks renders them, without escaping; what is not defined is nothing.
"use strict";
// The library looks for a browser's window, or for what it may add itself to.
const library = require("nunjucks");

// A template with the user's own filters, ready for many sets of variables.
functions.render = ({ template, filters }) => {
  const environment = new library.Environment(null, { autoescape: false, throwOnUndefined: false });
  environment.addFilter("load", (text) => JSON.parse(text));
  for (const [name, source] of Object.entries(filters || {})) {
    environment.addFilter(name, bridge.exported(source));
  }
  const compiled = new library.Template(template, environment, undefined, true);
  return (vars) => compiled.render(vars);
};
