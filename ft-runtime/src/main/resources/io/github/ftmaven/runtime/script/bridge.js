// What Java calls: each function takes one JSON value and returns one. What is used after a script ran is kept here, where
// no script reaches it: a script can change JSON or Promise, but only for itself.
"use strict";
{
  const invoke = globalThis.java_invoke;
  const { parse, stringify } = JSON;
  const { defineProperty } = Object;
  const { from: fromArray, isArray } = Array;
  const { isFinite } = Number;
  const then = Function.prototype.call.bind(Promise.prototype.then);
  const resolved = Promise.resolve.bind(Promise);
  for (const name of ["java_invoke", "Javy", "plugin"]) {
    delete globalThis[name];
  }

  const functions = {
    // Whether a pattern is found in a text.
    test({ pattern, flags, text }) {
      let expression;
      try {
        expression = new RegExp(pattern, flags || "");
      } catch (error) {
        return { invalid: error.message };
      }
      return { found: expression.test(text) };
    },

    // All that a pattern finds: where, and the groups.
    find({ pattern, flags, text }) {
      const all = new RegExp(pattern, `${flags || ""}g`);
      return fromArray(text.matchAll(all), (match) => ({ index: match.index, groups: fromArray(match) }));
    },
  };

  // A global that Node.js has and the sandbox has not. Whoever uses it learns so, even if the script goes on.
  let missing = null;
  const refuse = (name) => {
    missing = missing || name;
    throw new Error(`${name} is not available in the sandbox`);
  };

  // Timers run when all else is done, without waiting, in the order of their times.
  const timers = [];
  let now = 0;
  let nextTimer = 1;
  const schedule = (callback, delay, repeat, values) => {
    const wait = Math.max(1, Number(delay) || 0);
    const timer = { id: nextTimer++, time: now + wait, wait: repeat ? wait : 0, callback, values };
    timers.push(timer);
    return timer;
  };
  const cancel = (timer) => {
    const id = timer && typeof timer === "object" ? timer.id : timer;
    const place = timers.findIndex((each) => each.id === id);
    if (place >= 0) {
      timers.splice(place, 1);
    }
  };

  const modules = new Map();
  const given = new Map();
  const requireFrom = (from) => (name) => {
    if (given.has(name)) {
      return given.get(name);
    }
    const { path, source } = parse(invoke("host", "module", stringify({ from, name })));
    if (!modules.has(path)) {
      const module = { exports: {} };
      modules.set(path, module);
      if (path.endsWith(".json")) {
        module.exports = parse(source);
      } else {
        new Function("module", "exports", "require", source)(module, module.exports, requireFrom(path));
      }
    }
    return modules.get(path).exports;
  };

  let random = 0;
  const nextRandom = () => {
    random = (random + 0x6d2b79f5) | 0;
    let t = Math.imul(random ^ (random >>> 15), 1 | random);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  Math.random = { random: () => (nextRandom() * 2097152 + (nextRandom() * 4294967296 >>> 11) / 2097152) / 2097152 }.random;

  const shared = { refuse, schedule, cancel, give: (name, exports) => given.set(name, exports) };
  let prepared = null;
  const requested = (request) => {
    const message = parse(request);
    if (message.library !== undefined) {
      new Function("functions", "require", "bridge", message.library)(functions, requireFrom(""), shared);
      missing = null;
      return true;
    }
    random = message.seed;
    if (message.preparation !== undefined) {
      prepared = functions[message.function](message.preparation);
      return true;
    }
    return (prepared || functions[message.function])(message.argument);
  };

  const respond = (answer) => invoke("host", "respond", stringify(missing === null ? answer : { missing }));
  const text = (value, otherwise) => {
    try {
      return String(value || otherwise);
    } catch {
      return otherwise;
    }
  };
  const failed = (error) => {
    if (error === null) {
      // QuickJS throws it where there is no memory left for an error.
      respond({ error: { name: "Sandbox", message: "threw null, as one does that needs too much memory" } });
      return;
    }
    let name = "Error";
    let message = "threw what cannot be shown";
    try {
      name = text(error && error.name, name);
      message = text((error && error.message) || String(error), message);
    } catch {
      // A getter that throws.
    }
    respond({ error: { name, message } });
  };
  const value = (result) => {
    if (typeof result === "number" && !isFinite(result)) {
      respond({ error: { name: "Sandbox", message: `returned ${result}, which is not a finite number` } });
      return;
    }
    let answer;
    try {
      answer = stringify({ value: plain(result) });
    } catch (error) {
      failed(error);
      return;
    }
    invoke("host", "respond", missing === null ? answer : stringify({ missing }));
  };
  // A result says what it is itself: JSON of an object's own making is not asked for.
  const plain = (result) =>
    result !== null && typeof result === "object" && !isArray(result) && "pass" in result
      ? { ...result, toJSON: undefined }
      : result;

  // Java says once whether it is Java that calls.
  const ft = {
    call() {
      const request = invoke("host", "request", "");
      if (request === "") {
        return;
      }
      try {
        const result = requested(request);
        if (result && typeof result.then === "function") {
          then(resolved(result), value, failed);
        } else {
          value(result);
        }
      } catch (error) {
        failed(error);
      }
    },

    // The next timer. Java calls it until there is an answer.
    tick() {
      if (invoke("host", "tick", "") === "") {
        return;
      }
      if (timers.length === 0) {
        respond({ error: { name: "Sandbox", message: "waits for something that never happens here" } });
        return;
      }
      const timer = timers.reduce((first, each) => (each.time < first.time ? each : first));
      now = timer.time;
      if (timer.wait > 0) {
        timer.time += timer.wait;
      } else {
        cancel(timer);
      }
      try {
        timer.callback(...timer.values);
      } catch (error) {
        failed(error);
      }
    },
  };
  defineProperty(globalThis, "ft", { value: Object.freeze(ft), enumerable: false });
}
