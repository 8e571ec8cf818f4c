// Scripts of the user's, and what Node.js gives them that QuickJS does not.
"use strict";

const MODULES = {
  buffer: () => ({ Buffer: globalThis.Buffer }),
  crypto: () => globalThis.crypto,
  timers: () => globalThis,
  url: () => ({ URL: globalThis.URL, URLSearchParams: globalThis.URLSearchParams }),
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
  const imported = /^import\s[^;]*?["']([^"']+)["']/m.exec(body);
  if (imported) {
    bridge.refuse(`import of "${imported[1]}"`);
  }
  const assign = names.map((name) => `module.exports[${JSON.stringify(name)}] = ${name};`).join("\n");
  const require = (name) => {
    const found = MODULES[name.replace(/^node:/, "")];
    return found ? found() : bridge.refuse(`require("${name}")`);
  };
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

// The sets of the flag v are not known here, which is no mistake of the script's.
const known = (source, run) => {
  try {
    return run();
  } catch (error) {
    if (error instanceof SyntaxError && /\/[dgimsy]*v[dgimsy]*\b|["'`][dgimsy]*v[dgimsy]*["'`]/.test(source)) {
      bridge.refuse("sets in regular expressions with the flag v");
    }
    throw error;
  }
};

// A function's body if it spans lines, else an expression, before which there may be declarations.
functions.evaluate = ({ code, names, values }) =>
  known(code, () => new Function(...names, code.includes("\n") ? code : returning(code))(...values));

// A file's exported function, by name or its only one.
functions.file = ({ source, name, values }) => {
  const found = known(source, () => (name ? exportsOf(source)[name] : exported(source)));
  if (typeof found !== "function") {
    throw new Error(name ? `exports no function ${name}` : "exports no function");
  }
  return known(source, () => found(...values));
};

Object.assign(globalThis, {
  setTimeout: (callback, delay, ...values) => bridge.schedule(callback, delay, false, values),
  setInterval: (callback, delay, ...values) => bridge.schedule(callback, delay, true, values),
  setImmediate: (callback, ...values) => bridge.schedule(callback, 0, false, values),
  clearTimeout: bridge.cancel,
  clearInterval: bridge.cancel,
  clearImmediate: bridge.cancel,
});

const global = (name, value) =>
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

// What is printed goes nowhere.
const PRINTING =
  "assert clear count countReset debug dir dirxml error group groupCollapsed groupEnd info log table time timeEnd timeLog " +
  "timeStamp trace warn";
global("console", Object.fromEntries(PRINTING.split(" ").map((name) => [name, () => undefined])));

// What is neither here nor loaded later is refused by name.
const refusing = (name, known) =>
  new Proxy(known, {
    get: (target, key) =>
      typeof key === "symbol" || key in target ? target[key] : bridge.refuse(`${name}.${String(key)}`),
  });
const absent = (object, prefix, names) => {
  for (const name of names) {
    Object.defineProperty(object, name, {
      get: () => bridge.refuse(prefix + name),
      set: (value) => Object.defineProperty(object, name, { value, writable: true, configurable: true }),
      configurable: true,
    });
  }
};

global("global", globalThis);
global("process", refusing("process", { env: {}, argv: [], platform: "linux", toJSON: undefined, then: undefined }));
const hex = (count) => Array.from({ length: count }, () => Math.floor(Math.random() * 16).toString(16)).join("");
global("crypto", refusing("crypto", {
  randomUUID: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[Math.floor(Math.random() * 4)]}${hex(3)}-${hex(12)}`,
  getRandomValues: (array) => array.map(() => Math.floor(Math.random() * 4294967296)),
}));
const started = Date.now();
global("performance", refusing("performance", { now: () => Date.now() - started, timeOrigin: started }));

global("DOMException", class DOMException extends Error {
  constructor(message = "", name = "Error") {
    super(message);
    Object.defineProperty(this, "name", { value: name, configurable: true });
  }
});

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
global("btoa", function btoa(data) {
  const text = String(data);
  let encoded = "";
  for (let i = 0; i < text.length; i += 3) {
    const codes = [0, 1, 2].map((k) => text.charCodeAt(i + k));
    if (codes.some((code) => code > 255)) {
      throw new DOMException("Invalid character", "InvalidCharacterError");
    }
    const bits = (codes[0] << 16) | (codes[1] << 8) | codes[2];
    const chars = [18, 12, 6, 0].map((shift) => BASE64[(bits >> shift) & 63]).join("");
    const missing = Math.max(0, i + 3 - text.length);
    encoded += chars.slice(0, 4 - missing) + "=".repeat(missing);
  }
  return encoded;
});
global("atob", function atob(data) {
  let text = String(data).replace(/[\t\n\f\r ]/g, "");
  text = text.length % 4 === 0 ? text.replace(/={1,2}$/, "") : text;
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) {
    throw new DOMException("The string to be decoded is not correctly encoded.", "InvalidCharacterError");
  }
  let decoded = "";
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    bits = ((bits << 6) | BASE64.indexOf(text[i])) & 0xffffff;
    decoded += i % 4 === 0 ? "" : String.fromCharCode((bits >> (6 - 2 * (i % 4))) & 255);
  }
  return decoded;
});

const PLAIN = [Boolean, Number, String, BigInt];
const ERRORS = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
global("structuredClone", function structuredClone(root, options) {
  if (options?.transfer?.length > 0) {
    bridge.refuse("transfer in structuredClone");
  }
  const seen = new Map();
  const cloned = (value) => {
    const fail = () => {
      const shown = typeof value === "symbol" || typeof value === "function" ? String(value) : "#<Object>";
      throw new DOMException(`${shown} could not be cloned.`, "DataCloneError");
    };
    if (typeof value === "function" || typeof value === "symbol") {
      fail();
    }
    if (value === null || typeof value !== "object") {
      return value;
    }
    if (seen.has(value)) {
      return seen.get(value);
    }
    const kept = (copy) => {
      seen.set(value, copy);
      return copy;
    };
    if (value instanceof Date) {
      return kept(new Date(value.valueOf()));
    }
    if (value instanceof RegExp) {
      return kept(new RegExp(value.source, value.flags));
    }
    if (PLAIN.some((type) => value instanceof type)) {
      return kept(Object(value.valueOf()));
    }
    if (value instanceof ArrayBuffer) {
      return kept(value.slice(0));
    }
    if (value instanceof DataView) {
      return kept(new DataView(cloned(value.buffer), value.byteOffset, value.byteLength));
    }
    if (ArrayBuffer.isView(value)) {
      const type = globalThis[Object.prototype.toString.call(value).slice(8, -1)];
      return kept(new type(cloned(value.buffer), value.byteOffset, value.length));
    }
    if (value instanceof Map) {
      const copy = kept(new Map());
      [...value].forEach(([key, each]) => copy.set(cloned(key), cloned(each)));
      return copy;
    }
    if (value instanceof Set) {
      const copy = kept(new Set());
      [...value].forEach((each) => copy.add(cloned(each)));
      return copy;
    }
    if (value instanceof Error) {
      const type = ERRORS.find((each) => each.name === value.name) ?? Error;
      const copy = kept(Object.create(type.prototype));
      for (const name of ["message", "stack", "cause"].filter((each) => Object.hasOwn(value, each))) {
        Object.defineProperty(copy, name, { value: cloned(value[name]), writable: true, configurable: true });
      }
      return copy;
    }
    if ([WeakMap, WeakSet, Promise].some((type) => value instanceof type)) {
      fail();
    }
    const copy = kept(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) {
      copy[key] = cloned(value[key]);
    }
    return copy;
  };
  return cloned(root);
});

// What a script waits for until it needs it: then it starts again with that loaded.
absent(globalThis, "", ["Buffer", "Intl", "URL", "URLSearchParams"]);
const localized = (prototype, names) => {
  for (const name of names) {
    Object.defineProperty(prototype, name, {
      value: () => bridge.refuse("Intl"),
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
};
localized(Number.prototype, ["toLocaleString"]);
localized(BigInt.prototype, ["toLocaleString"]);
localized(Date.prototype, ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]);
localized(Array.prototype, ["toLocaleString"]);
localized(String.prototype, ["localeCompare", "toLocaleLowerCase", "toLocaleUpperCase"]);

// Node.js has these too.
absent(
  globalThis,
  "",
  (
    "AbortController AbortSignal Atomics Blob BroadcastChannel ByteLengthQueuingStrategy CompressionStream " +
    "CountQueuingStrategy Crypto CryptoKey CustomEvent DecompressionStream Event EventTarget File FinalizationRegistry " +
    "FormData Headers MessageChannel MessageEvent MessagePort Navigator Performance PerformanceEntry PerformanceMark " +
    "PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming " +
    "ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest " +
    "ReadableStreamDefaultController ReadableStreamDefaultReader Request Response SubtleCrypto TextDecoderStream " +
    "TextEncoderStream TransformStream TransformStreamDefaultController WeakRef WebAssembly WebSocket WritableStream " +
    "WritableStreamDefaultController WritableStreamDefaultWriter fetch navigator"
  ).split(" "),
);
absent(RegExp, "RegExp.", "input $_ lastMatch $& lastParen $+ leftContext $` rightContext $'".split(" "));
absent(RegExp, "RegExp.", [1, 2, 3, 4, 5, 6, 7, 8, 9].map((group) => `$${group}`));
