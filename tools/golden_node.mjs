// What Node.js 22 makes of expressions, and mathjs 15.1.1 of formulas, as
// ft-runtime/src/test/resources/io/github/ftmaven/runtime/script/node.json; also the names of all globals of Node.js:
// npm install --prefix DIR mathjs@15.1.1 && TZ=UTC node tools/golden_node.mjs DIR
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { writeFileSync } from "node:fs";

const require = createRequire(`${resolve(process.argv[2])}/`);
const math = require("mathjs");

const expressions = [];
const NUMBERS = ["(0)", "(-0)", "1.005", "(-0.5)", "(0.1+0.2)", "1234.5", "1234567.891", "1e21", "1e-7", "0.285", "999.9995", "NaN", "(-Infinity)"];
const NUMBER_OPTIONS = [
  "{minimumFractionDigits:2}", "{maximumFractionDigits:2}", "{maximumFractionDigits:0}", "{style:'percent'}",
  "{style:'percent',maximumFractionDigits:1}", "{style:'currency',currency:'USD'}", "{style:'currency',currency:'JPY'}",
  "{useGrouping:false}", "{minimumIntegerDigits:2}", "{minimumFractionDigits:9,maximumFractionDigits:2}",
];
NUMBERS.forEach((number, n) => {
  ["", "'de-DE'", "'fr-FR'", "'es-ES'", "'it'", "'sv-SE'", "'en-GB'"].forEach((locale, l) => {
    if ((n + l) % 3 === 0) expressions.push(`${number}.toLocaleString(${locale})`);
  });
  NUMBER_OPTIONS.forEach((options, o) => {
    if ((n + o) % 3 === 0) expressions.push(`new Intl.NumberFormat('en-US', ${options}).format(${number})`);
  });
});
const DATE_OPTIONS = [
  "{dateStyle:'full'}", "{dateStyle:'medium'}", "{dateStyle:'short',timeStyle:'short'}", "{year:'numeric',month:'long',day:'numeric'}",
  "{month:'short',day:'numeric'}", "{weekday:'long'}", "{weekday:'short',year:'numeric',month:'numeric',day:'numeric'}",
  "{year:'numeric',month:'2-digit',day:'2-digit'}", "{year:'2-digit',month:'numeric'}", "{hour:'2-digit',minute:'2-digit'}", "{hour:'numeric'}",
];
["0", "1709210096789", "-1e11", "NaN"].forEach((date, d) => {
  for (const method of ["toLocaleDateString", "toLocaleTimeString", "toLocaleString"]) {
    expressions.push(`new Date(${date}).${method}()`, `new Date(${date}).${method}('en-US', {timeZone: 'UTC'})`);
    DATE_OPTIONS.forEach((options, o) => {
      if ((d + o) % 2 === 0) expressions.push(`new Date(${date}).${method}('en-US', ${options})`);
    });
  }
  for (const locale of ["en-GB", "en-CA", "de-DE", "fr", "es-ES", "nl-NL", "ja-JP", "sv-SE"]) {
    expressions.push(`new Date(${date}).toLocaleDateString('${locale}')`);
  }
});
const WORDS = ["", "a", "A", "b", "Z", "é", "e", "É", "ea", "10", "2", "_", "-", "a b", "ab", "a-b", "ä", "o", "coop", "co-op", "résumé", "resume", "Résumé", "$", "~", "ñ", "nz", "à"];
for (const options of ["", ", undefined, {numeric: true}", ", 'de', {sensitivity: 'base'}", ", undefined, {sensitivity: 'accent'}"]) {
  expressions.push(`${JSON.stringify(WORDS)}.map(a => ${JSON.stringify(WORDS)}.map(b => a.localeCompare(b${options}) + 1).join('')).join(' ')`);
}
expressions.push(
  ...[
    "['b', 'a', 'Z', 'é', 'e'].sort(new Intl.Collator('en').compare).join('')",
    "[1234.5, 'x', null].toLocaleString()",
    "12345n.toLocaleString('de-DE')",
    "'İI'.toLocaleLowerCase('tr') + 'iı'.toLocaleUpperCase('tr-TR') + 'I'.toLocaleLowerCase()",
    "Intl.DateTimeFormat().resolvedOptions().timeZone",
    "new URL('https://u:p@A.b:443/c/../d?d=1&e=%20#h').href",
    "new URL('../x', 'http://a/b/c/d?q').href",
    "new URL('http://1.2.3/').host + new URL('http://[::1]:80/').host + new URL('file:///C|/x').href",
    "new URL('mailto:a@b').pathname",
    "new URL('nope')",
    "URL.canParse('http://a b/') + '' + URL.canParse('/x', 'http://a')",
    "[...new URL('http://a/?x=1&y=%C3%A9&x=2').searchParams].join(';')",
    "new URLSearchParams({ a: 1, b: 'x y', c: 'é&' }).toString()",
    "(u => { u.port = '8080'; u.hash = 'z'; u.searchParams.append('k', 'v'); return u + '' })(new URL('http://a/'))",
    "JSON.stringify({ u: new URL('http://a') })",
    "atob('YQ==') + atob('YWI') + atob(' Y W J j ') + btoa('a') + btoa('ab') + btoa('abc') + btoa('\\xff\\xfe')",
    "atob('Y')",
    "btoa('€')",
    "Buffer.from('aé€😀').toString('hex')",
    "Buffer.from('6162zz', 'hex').toString() + Buffer.from('YWI', 'base64') + Buffer.from([256, 257]).toString('latin1')",
    "Buffer.byteLength('é') + Buffer.concat([Buffer.from('a'), Buffer.alloc(2, 'b')]).toString()",
    "JSON.stringify(Buffer.from('a')) + Buffer.isBuffer(Buffer.from('')) + Buffer.from('abc').equals(Buffer.from('abc'))",
    "Buffer.from('abcdef').subarray(1, 3).toString() + Buffer.from('abc').indexOf('c') + Buffer.from([1, 2, 3, 4]).readUInt32BE(0)",
    "JSON.stringify(structuredClone({ a: [1, , undefined, null], d: new Date(0), n: NaN }))",
    "(o => { o.o = o; const c = structuredClone(o); return c.o === c && c !== o })({})",
    "structuredClone(new Map([[{ a: 1 }, new Set([1])]])).size + structuredClone(/x/gi).flags + structuredClone(new RangeError('r')).message",
    "structuredClone(new RangeError('r')) instanceof RangeError",
    "[...structuredClone(new Uint8Array([1, 2]))].join() + structuredClone(Object('s')).length",
    "(() => { class A { constructor() { this.x = 1 } get y() { return 2 } } return JSON.stringify(structuredClone(new A())) })()",
    "structuredClone(() => 1)",
    "structuredClone({ f() {} })",
    "structuredClone(Symbol('s'))",
    "new TextDecoder().decode(new TextEncoder().encode('aé😀')) + typeof queueMicrotask + typeof global.Array",
    "(0.1).toFixed(20) + (25).toString(36) + (1e21).toLocaleString('en-US', { maximumFractionDigits: 0 })",
  ],
);
const evaluated = (expression) => {
  try {
    return String(new Function(`return ${expression}`)());
  } catch (error) {
    return `! ${error.name}`;
  }
};

const CONTEXT = { a: 3, b: 0.5, len: 5, hb: 1, zero: 0, neg: -2 };
const FORMULAS = [
  "log(len, 2)", "log(8, 2)", "log(e)", "log10(100)", "log2(8)", "e", "pi", "a > 1 ? pow(a, 2) : e", "a == 3", "a != 3", "a >= 3 and b < 1",
  "a or zero", "not a", "a xor zero", "a ^ 2 ^ 2", "-a^2", "a % 2", "mod(neg, 3)", "neg % 3", "a / zero", "zero / zero", "sqrt(neg)",
  "cbrt(27)", "round(a / 7, 2)", "round(2.5)", "round(-2.5)", "floor(neg / 3)", "abs(neg)", "sign(neg)", "min(a, b, len)", "max([a, b])",
  "mean(a, b)", "mean([a, b, len])", "median(a, b, len)", "sum(a, b)", "prod(a, b)", "std([a, b, len])", "mode(1, 2, 2)", "2 a", "a!", "1e3",
  "x = a; x + 1", "undefinedname", "a / undefinedname", "'text'", "[a, b]", "{x: a}", "f(x) = x^2; f(3)", "2 * a * b / (a + b)", "true + 1",
  "null", "exp(1)", "sin(pi / 2)", "hypot(3, 4)", "gcd(12, 18)", "combinations(5, 2)", "isNaN(a)", "format(a / 7, 3)", "a < b < len", "a | 4",
  "equal(0.1 + 0.2, 0.3)", "0.1 + 0.2", "a # c", "variance(a, b, len)", "string(a)", "__count * a", "first / __count", "a to b", "len > a and (b < 1 or a == 0) ? 1 : 0",
];
const values = {};
const context = { ...CONTEXT, __count: 2 };
FORMULAS.forEach((formula, f) => {
  const name = f === 0 ? "first" : `m${f}`;
  values[name] = 0;
  try {
    values[name] = math.evaluate(formula, context);
    context[name] = values[name];
  } catch {
    // As promptfoo does.
  }
});
writeFileSync(
  new URL("../ft-runtime/src/test/resources/io/github/ftmaven/runtime/script/node.json", import.meta.url),
  `${JSON.stringify(
    {
      globals: Object.getOwnPropertyNames(globalThis).sort(),
      expressions: expressions.map((each) => [each, evaluated(each)]),
      context: CONTEXT,
      formulas: FORMULAS,
      values: JSON.parse(JSON.stringify(values)),
    },
    null,
    1,
  )}\n`,
);
