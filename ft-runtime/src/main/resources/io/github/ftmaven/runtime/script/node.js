// Scripts of the user's, and what Node.js gives them that QuickJS does not.
"use strict";

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
  const imported = /^import\s[^;]*?["']([^"']+)["']/m.exec(body);
  if (imported) {
    bridge.refuse(`import of "${imported[1]}"`);
  }
  const assign = names.map((name) => `module.exports[${JSON.stringify(name)}] = ${name};`).join("\n");
  const require = (name) => bridge.refuse(`require("${name}")`);
  new Function("module", "exports", "require", `${body}\n${assign}`)(module, module.exports, require);
  return module.exports;
};

const exported = (source) => {
  const all = exportsOf(source);
  return typeof all === "function" ? all : all.default;
};
bridge.exported = exported;

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

// A function's body if it spans lines, else an expression, before which there may be declarations.
functions.evaluate = ({ code, names, values }) =>
  new Function(...names, code.includes("\n") ? code : returning(code))(...values);

// A file's exported function, by name or its only one.
functions.file = ({ source, name, values }) => {
  const found = name ? exportsOf(source)[name] : exported(source);
  if (typeof found !== "function") {
    throw new Error(name ? `exports no function ${name}` : "exports no function");
  }
  return found(...values);
};

Object.assign(globalThis, {
  setTimeout: (callback, delay, ...values) => bridge.schedule(callback, delay, false, values),
  setInterval: (callback, delay, ...values) => bridge.schedule(callback, delay, true, values),
  setImmediate: (callback, ...values) => bridge.schedule(callback, 0, false, values),
  clearTimeout: bridge.cancel,
  clearInterval: bridge.cancel,
  clearImmediate: bridge.cancel,
});

// What is printed goes nowhere.
globalThis.console = Object.fromEntries(
  ("assert clear count countReset debug dir dirxml error group groupCollapsed groupEnd info log table time timeEnd timeLog " +
    "timeStamp trace warn")
    .split(" ")
    .map((name) => [name, () => undefined]),
);
