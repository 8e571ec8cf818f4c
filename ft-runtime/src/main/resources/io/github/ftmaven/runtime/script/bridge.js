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
        environment.addFilter(name, exported(source));
      }
      templates.clear();
      filters = key;
    }
    return environment;
  };

  // What a file exports, as CommonJS or as a module without imports.
  const exportsOf = (source) => {
    const module = { exports: {} };
    const names = [];
    const body = source
      .replace(/^export\s+default\s+/gm, "module.exports.default = ")
      .replace(/^export\s+((?:async\s+)?function\*?|const|let|var|class)\s+([\w$]+)/gm, (_, kind, name) => {
        names.push(name);
        return `${kind} ${name}`;
      });
    const assign = names.map((name) => `module.exports[${JSON.stringify(name)}] = ${name};`).join("\n");
    new Function("module", "exports", `${body}\n${assign}`)(module, module.exports);
    return module.exports;
  };

  const exported = (source) => {
    const all = exportsOf(source);
    return typeof all === "function" ? all : all.default;
  };

  // One line as a body: what is behind the last semicolon, if declarations stand before it, else all of it.
  const returning = (line) => {
    const code = line.trim().replace(/;+$/, "");
    if (!/^(const|let|var)\s/.test(code)) {
      return `return ${code}`;
    }
    let quote = "";
    let end = -1;
    for (let i = 0; i < code.length; i++) {
      if (code[i] === "\\") {
        i++;
      } else if (quote !== "") {
        quote = code[i] === quote ? "" : quote;
      } else if ("'\"`".includes(code[i])) {
        quote = code[i];
      } else if (code[i] === ";") {
        end = i;
      }
    }
    return end < 0 ? code : `${code.slice(0, end + 1)} return ${code.slice(end + 1)}`;
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

    // A function's body if it spans lines, else an expression, before which there may be declarations.
    evaluate({ code, names, values }) {
      return new Function(...names, code.includes("\n") ? code : returning(code))(...values);
    },

    // A file's exported function, by name or its only one.
    file({ source, name, values }) {
      const found = name ? exportsOf(source)[name] : exported(source);
      if (typeof found !== "function") {
        throw new Error(name ? `exports no function ${name}` : "exports no function");
      }
      return found(...values);
    },
  };

  const respond = (answer) => host.respond(JSON.stringify(answer));
  const value = (result) => {
    if (typeof result === "number" && !Number.isFinite(result)) {
      respond({ error: { name: "NotFinite", message: `returns ${result}, which is not a finite number` } });
      return;
    }
    respond({ value: result, type: result === null ? "null" : Array.isArray(result) ? "array" : typeof result });
  };
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
