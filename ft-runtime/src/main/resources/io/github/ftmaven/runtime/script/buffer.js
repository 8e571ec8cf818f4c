// Buffer.
"use strict";
const { Buffer } = require("buffer");
const { from } = Buffer;
const refuseEncoding = (encoding) => {
  if (typeof encoding === "string" && /^base64url$/i.test(encoding)) {
    bridge.refuse("the encoding base64url of Buffer");
  }
};
Buffer.from = (value, encoding, length) => {
  refuseEncoding(encoding);
  return from(value, encoding, length);
};
const { toString } = Buffer.prototype;
Buffer.prototype.toString = function (encoding, start, end) {
  refuseEncoding(encoding);
  return toString.call(this, encoding, start, end);
};
Object.defineProperty(globalThis, "Buffer", { value: Buffer, writable: true, configurable: true, enumerable: false });
