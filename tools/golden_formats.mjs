// What ajv-formats 3.0.1 finds of texts and numbers, as ft-runtime/src/test/resources/io/github/ftmaven/runtime/script/formats.json:
// npm install --prefix DIR ajv@8.20.0 ajv-formats@3.0.1 && node tools/golden_formats.mjs DIR
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { writeFileSync } from "node:fs";

const require = createRequire(`${resolve(process.argv[2])}/`);
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;
const ajv = addFormats(new Ajv());

// A good text of each kind, and each of them damaged in every place.
const GOOD = [
  "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2024-13-01", "2024-04-31", "0000-01-01", "2024-1-01",
  "12:34:56Z", "12:34:56z", "12:34:56", "12:34:56.789+05:30", "12:34:56+0530", "12:34:56+05", "23:59:60Z", "22:59:60Z",
  "23:59:60+01:00", "00:59:60+01:00", "15:59:60-08:00", "24:00:00Z", "12:34:56+24:00", "12:34:56-12:60", "12:34:61Z",
  "2024-02-29T12:34:56Z", "2024-02-29 12:34:56Z", "2024-02-29t12:34:56.1-01:00", "2024-02-29T12:34:56", "2024-02-30T12:34:56Z",
  "2016-12-31T23:59:60Z", "2024-02-29TT12:34:56Z", "2024-02-29\n12:34:56Z",
  "P1Y2M3DT4H5M6S", "P1Y", "P2W", "PT36H", "P", "PT", "P1D2W", "P1YT", "PT1S", "P1M1Y", "P-1D", "P1.5D", "P1Y3D",
  "https://user:pw@example.com:8042/over/there?name=ferret#nose", "http://a.b/c?d=1", "ftp://ftp.is.co.za/rfc/rfc1808.txt",
  "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:John.Doe@example.com", "news:comp.infosystems.www.servers.unix",
  "tel:+1-816-555-1212", "telnet://192.0.2.16:80/", "urn:oasis:names:specification:docbook:dtd:xml:4.1.2", "http://[::1]/",
  "http://[v1.fe80::a]/", "http://[:::1]/", "//host/path", "/abc", "abc", "./a:b", "a:b", ":a", "?q", "#f", "", "http://", "http:",
  "http:/a", "http:a", "http://a b", "http://ex%zzample", "http://a/%41", "http://ex%41mple/", "http://-a.com", "\\\\server\\share",
  "http://münchen.de/ä", "http://foo.bar/?q=Test%20URL-encoded%20stuff", "http://256.1.1.1/", "http://10.1.1.1/", "http://8.8.8.8",
  "http://192.168.0.1", "http://172.16.0.1", "http://223.255.255.254", "http://224.1.1.1", "http://0.0.0.0", "http://localhost",
  "http://a.b--c.de/", "http://例え.テスト", "http://foo.com/blah_(wikipedia)#cite-1", "http://.www.foo.bar/", "http://a.b", "http://3628126748",
  "file:///etc/passwd", "data:text/plain,hi", "http://a:80:80/", "http://a:b/", "http://user@", "http://a/b|c", "http://a/b^c", "http://a/{b}",
  "http://example.com/~{username}/", "{+path}/here", "{#x,hello}", "{/var,x}/here", "{?x,y,empty}", "{&x:3}", "{list*}", "{x:10000}", "{x:0}",
  "{}", "{", "}", "{x y}", "{a.b}", "{a..b}", "{.a}", "{=a}", "{,a}", "{!a}", "{|a}", "{@a}", "{a,}", "a'b", "a%zz", "{%41}", "{a%4}", "é{x}",
  "jane@example.com", "a.b+c@x.co.uk", "a@b", "a@localhost", "a..b@c.de", ".a@b.de", "a.@b.de", "a@-b.de", "a@b-.de", "a b@c.de", "\"a b\"@c.de",
  "a@[127.0.0.1]", "a@b.c", "@b.de", "a@", "ä@b.de", "a@b_c.de", "a@b.de.", "!#$%&'*+/=?^_`{|}~-@b.de", "a@1.2",
  "example.com", "EXAMPLE.com.", "a", "-a", "a-", "a_b", "a..b", ".", "1.2.3.4", `${"a".repeat(63)}.com`, `${"a".repeat(64)}.com`,
  `${"a.".repeat(126)}a`, `${"a.".repeat(126)}ab`, `${"a.".repeat(126)}a.`, "xn--mnchen-3ya.de", "münchen.de", "a.b-c.d1", "1", "a b",
  "127.0.0.1", "255.255.255.255", "256.0.0.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "1.2.3.4 ", "0.0.0.0", "1.2.3.", "٣.1.1.1",
  "::1", "::", "2001:db8::7", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7",
  "::ffff:192.0.2.1", "1:2:3:4:5:6:1.2.3.4", "1::1.2.3.4", "1.2.3.4::", "12345::", "::1%eth0", ":::", "1::2::3", "FE80::A", "1:2:3:4:5:6:7:1.2.3.4",
  "::01.2.3.4", "::256.2.3.4", "1:2:3:4:5::1.2.3.4", ":1", "1:", "::1.2.3", "1::2:3:4:5:6:7",
  "[a-z]+", "(", "a\\Z", "\\Z", "\\\\Z", "(?<n>a)\\k<n>", "[", "\\p{L}", "a{2,1}", "\\-", "(?i)a", "*", "\\u{1F600}", "(?<=a)b", "\\c",
  "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "URN:UUID:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "f81d4fae7dec11d0a76500a0c91e6bf6",
  "g81d4fae-7dec-11d0-a765-00a0c91e6bf6", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}", "uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
  "/", "/foo/0", "/a~1b", "/m~0n", "/c%d", "/~", "/~2", "a/b", "//", "/é", "/ ", "/\n", "#", "#/foo", "#/a~1b", "#/c%25d", "#/~", "#/é", "#a", "#/ ", "#/\"",
  "0", "1/a", "01/a", "0#", "1#/a", "-1", "2/", "0/a~1", "0/~", "120/foo/bar", "+1/a", "1#a",
  "aGVsbG8=", "aGVsbG8", "aGVsbA==", "aGVs", "====", "a===", "aGVs\n", "aG-_", "aGVsbG8 =", "YQ==", "Y=Q=",
  "true", " ", "\n", "a\nb", "A".repeat(300), "😀", "\u2028", "null",
];
const CHARACTERS = [":", "/", ".", "-", "%", "#", "?", "@", "[", "é", " ", "\n", "0", "z", "~", "{"];
const texts = new Set(GOOD);
GOOD.forEach((text, t) => {
  // Not everything everywhere: a few changes of each, the same at every run.
  for (let k = 0; k < 4 && text.length < 100; k++) {
    const place = (t * 7 + k * 5) % (text.length + 1);
    const character = CHARACTERS[(t + k * 3) % CHARACTERS.length];
    texts.add(text.slice(0, place) + character + text.slice(place + (k % 2)));
  }
});

const NAMES = [
  "date", "time", "date-time", "iso-time", "iso-date-time", "duration", "uri", "uri-reference", "uri-template", "url", "email",
  "hostname", "ipv4", "ipv6", "regex", "uuid", "json-pointer", "json-pointer-uri-fragment", "relative-json-pointer", "byte",
  "password", "binary",
];
const found = {};
for (const format of NAMES) {
  const validate = ajv.compile({ format });
  found[format] = [...texts].map((text) => (validate(text) ? 1 : 0)).join("");
}
const NUMBERS = [0, -0, 1, 1.5, -1, 2147483647, 2147483648, -2147483648, -2147483649, 9007199254740993, 1e19, 1e300, -1e19];
const numbers = {};
for (const format of ["int32", "int64", "float", "double"]) {
  const validate = ajv.compile({ format });
  numbers[format] = NUMBERS.map((number) => (validate(number) ? 1 : 0)).join("");
}
const LIMITS = [
  ["date", "2024-02-29", ["2024-02-28", "2024-02-29", "2024-03-01", "x"]],
  ["time", "12:00:00Z", ["11:59:59Z", "12:00:00Z", "13:00:00+01:00", "13:00:00+00:30", "12:00:01Z", "12:00:00.5Z", "x"]],
  ["date-time", "2024-02-29T12:00:00Z", ["2024-02-29T11:00:00Z", "2024-02-29T12:00:00Z", "2024-02-29T13:00:00+01:00", "2025-01-01T00:00:00Z"]],
  ["iso-time", "12:00:00", ["11:59:59", "12:00:00", "12:00:00Z", "12:00:00.5", "12:00:01"]],
  ["iso-date-time", "2024-02-29T12:00:00Z", ["2024-02-29T11:00:00Z", "2024-02-29 12:00:00Z", "2024-02-29T12:00:01Z"]],
];
const limits = [];
for (const [format, limit, values] of LIMITS) {
  for (const keyword of ["formatMinimum", "formatMaximum", "formatExclusiveMinimum", "formatExclusiveMaximum"]) {
    for (const value of values) {
      const validate = ajv.compile({ type: "string", format, [keyword]: limit });
      limits.push([format, keyword, limit, value, validate(value) ? "" : ajv.errorsText(validate.errors)]);
    }
  }
}
writeFileSync(
  new URL("../ft-runtime/src/test/resources/io/github/ftmaven/runtime/script/formats.json", import.meta.url),
  `${JSON.stringify({ texts: [...texts], found, numbers: NUMBERS, foundNumbers: numbers, limits }, null, 1)}\n`,
);
