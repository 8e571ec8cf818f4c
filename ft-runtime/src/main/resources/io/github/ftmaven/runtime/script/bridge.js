// What Java calls: each function takes one JSON value and returns one. Run by ftRun, once for each call.
"use strict";
{
  const nunjucks = globalThis.nunjucks;
  const templates = new Map();
  let environment = null;
  let filters = null;

  const environmentWith = (sources) => {
    const key = JSON.stringify(sources || {});
    if (environment === null || filters !== key) {
      environment = new nunjucks.Environment(null, { autoescape: false, throwOnUndefined: false });
      environment.addFilter("load", (text) => JSON.parse(text));
      for (const [name, source] of Object.entries(sources || {})) {
        environment.addFilter(name, commonJs(source));
      }
      templates.clear();
      filters = key;
    }
    return environment;
  };

  const commonJs = (source) => {
    const module = { exports: {} };
    new Function("module", "exports", source)(module, module.exports);
    const exported = module.exports;
    return typeof exported === "function" ? exported : exported.default;
  };

  const functions = {
    render({ template, vars, filters: sources }) {
      const own = environmentWith(sources);
      let compiled = templates.get(template);
      if (compiled === undefined) {
        compiled = new nunjucks.Template(template, own, undefined, true);
        templates.set(template, compiled);
      }
      return compiled.render(vars);
    },

    // Whether a pattern is found in a text.
    test({ pattern, text }) {
      try {
        return { found: new RegExp(pattern).test(text) };
      } catch (error) {
        return { invalid: error.message };
      }
    },

    // The function's body if it spans lines, else an expression, before which there may be declarations.
    evaluate({ code, names, values }) {
      let body = code;
      if (!code.includes("\n")) {
        const end = code.replace(/;\s*$/, "").lastIndexOf(";");
        const declares = /^\s*(const|let|var)\s/.test(code);
        body = declares && end >= 0 ? `${code.slice(0, end + 1)} return ${code.slice(end + 1)}` : `return ${code}`;
      }
      return new Function(...names, body)(...values);
    },

    // A CommonJS file's exported function.
    file({ source, name, values }) {
      const exported = commonJs(source);
      return (name ? exported[name] : exported)(...values);
    },
  };

  const respond = (answer) => host.respond(JSON.stringify(answer));
  const value = (result) =>
    respond({ value: result, type: result === null ? "null" : Array.isArray(result) ? "array" : typeof result });
  const failed = (error) =>
    respond({
      error: {
        name: String((error && error.name) || "Error"),
        message: String((error && error.message) || error),
      },
    });

  globalThis.ftRun = () => {
    try {
      const { function: name, argument } = JSON.parse(host.request());
      const result = functions[name](argument);
      if (result && typeof result.then === "function") {
        result.then(value, failed);
      } else {
        value(result);
      }
    } catch (error) {
      failed(error);
    }
  };
}
