// URL and URLSearchParams, by the implementation that the standard's authors keep.
"use strict";
// The only conversions it makes.
bridge.give("webidl-conversions", {
  any: (value) => value,
  USVString: (value, { context = "The value" } = {}) => {
    if (typeof value === "symbol") {
      throw new TypeError(`${context} is a symbol, which cannot be converted to a string.`);
    }
    return String(value).toWellFormed();
  },
});
// Names of hosts in ASCII need no tables of Unicode.
bridge.give("tr46", {
  toASCII(domain) {
    if (/[^\x00-\x7f]/.test(domain) || /(?:^|\.)xn--/i.test(domain)) {
      bridge.refuse(`an international domain (${domain}) in URL`);
    }
    return domain.toLowerCase();
  },
});
const own = require("whatwg-url");
for (const name of ["URL", "URLSearchParams"]) {
  Object.defineProperty(globalThis, name, { value: own[name], writable: true, configurable: true, enumerable: false });
}
