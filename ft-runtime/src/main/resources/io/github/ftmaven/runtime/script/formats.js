// The formats of JSON Schema, from their RFCs, as strict and with the names that ajv-formats has for them.
"use strict";

const whole = (pattern, flags) => {
  const expression = new RegExp(`^(?:${pattern})$`, flags);
  return (text) => expression.test(text);
};

// Dates and times of RFC 3339.
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const date = (text) => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1] + (month === 2 && leap ? 1 : 0);
};

const clock = (zoned) => (text) => {
  const match = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:(z)|([+-])(\d\d)(?::?(\d\d))?)?$/i.exec(text);
  if (match === null || (zoned && !match[4] && !match[5])) {
    return false;
  }
  const [hour, minute, second, , , hours, minutes] = match.slice(1).map((each) => Number(each || 0));
  if (hours > 23 || minutes > 59) {
    return false;
  }
  if (hour <= 23 && minute <= 59 && second < 60) {
    return true;
  }
  // A leap second is the last of a day in UTC.
  const sign = match[5] === "-" ? -1 : 1;
  const utcMinute = minute - minutes * sign;
  const utcHour = hour - hours * sign - (utcMinute < 0 ? 1 : 0);
  return (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1) && second < 61;
};

const both = (time) => (text) => {
  const parts = text.split(/[t\s]/i);
  return parts.length === 2 && date(parts[0]) && time(parts[1]);
};

const order = (a, b) => (a > b ? 1 : a < b ? -1 : 0);
const moment = (text) => new Date(text).valueOf();
const compareDates = (a, b) => (a && b ? order(a, b) : undefined);
const compareMoments = (a, b) => {
  const [first, second] = [moment(a), moment(b)];
  return first && second ? first - second : undefined;
};
const compareTimes = (a, b) => compareMoments(`2020-01-01T${a}`, `2020-01-01T${b}`);
// Without a zone, times are compared as texts of a day.
const digits = (text) => /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)/.exec(text)?.slice(1).join("");
const compareClocks = (a, b) => {
  const [first, second] = [a && digits(a), b && digits(b)];
  return first && second ? order(first, second) : undefined;
};

const duration = (text) => {
  const match = /^P(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|\d+W)$/.test(text);
  return match && text !== "P";
};

// RFC 3986.
const ESCAPED = "%[0-9a-f]{2}";
const UNRESERVED = "a-z0-9\\-._~";
const SUB = "!$&'()*+,;=";
const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const LOOSE_OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d\\d?)";
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const ipv6Of = (octet) => {
  const group = "[0-9a-f]{1,4}";
  const last = `(?:${group}:${group}|${octet}(?:\\.${octet}){3})`;
  return [
    `(?:${group}:){6}${last}`,
    `::(?:${group}:){5}${last}`,
    `(?:${group})?::(?:${group}:){4}${last}`,
    `(?:(?:${group}:){0,1}${group})?::(?:${group}:){3}${last}`,
    `(?:(?:${group}:){0,2}${group})?::(?:${group}:){2}${last}`,
    `(?:(?:${group}:){0,3}${group})?::${group}:${last}`,
    `(?:(?:${group}:){0,4}${group})?::${last}`,
    `(?:(?:${group}:){0,5}${group})?::${group}`,
    `(?:(?:${group}:){0,6}${group})?::`,
  ].join("|");
};
const LITERAL = `\\[(?:${ipv6Of(LOOSE_OCTET)}|v[0-9a-f]+\\.[${UNRESERVED}${SUB}:]+)\\]`;
const SCHEME = "[a-z][a-z0-9+\\-.]*:";
// One slash before an authority is enough for ajv-formats, so that what looks like a wrong port is a path.
const reference = (scheme, sub) => {
  const character = `[${UNRESERVED}${sub}:@]|${ESCAPED}`;
  const host = `(?:${LITERAL}|(?:[${UNRESERVED}${sub}]|${ESCAPED})*)`;
  const authority = `(?:(?:[${UNRESERVED}${SUB}:]|${ESCAPED})*@)?${host}(?::\\d*)?`;
  const segments = `(?:/(?:${character})*)*`;
  const hierarchy = `(?:/{1,2}${authority}${segments}|/(?:(?:${character})+${segments})?|(?:${character})+${segments})`;
  const rest = `(?:${character}|[/?])*`;
  return whole(`${scheme}${hierarchy}${scheme === SCHEME ? "" : "?"}(?:\\?${rest})?(?:#${rest})?`, "i");
};
const isUri = reference(SCHEME, SUB);
const uri = (text) => /[/:]/.test(text) && isUri(text);
// With quotation marks, for ajv-formats.
const uriReference = reference(`(?:${SCHEME})?`, `${SUB}"`);

// RFC 6570.
const VARIABLE = `(?:[a-z0-9_]|${ESCAPED})+(?::[1-9]\\d{0,3}|\\*)?`;
const uriTemplate = whole(
  `(?:[^\\x00-\\x20"'<>%\\\\^\`{|}]|${ESCAPED}|\\{[+#./;?&=,!@|]?${VARIABLE}(?:,${VARIABLE})*\\})*`,
  "i",
);

// The address of a page: http, https or ftp, and not of a private network.
const BYTE_IN = "(?:1?\\d{1,2}|2[0-4]\\d|25[0-5])";
const LABEL = "[a-z0-9\\u{00a1}-\\u{ffff}]";
const PRIVATE =
  "(?!(?:10|127)(?:\\.\\d{1,3}){3}|(?:169\\.254|192\\.168)(?:\\.\\d{1,3}){2}|172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2})";
const PUBLIC_IP = `(?:[1-9]\\d?|1\\d\\d|2[01]\\d|22[0-3])(?:\\.${BYTE_IN}){2}\\.(?:[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-4])`;
const PUBLIC_NAME = `(?:${LABEL}+-)*${LABEL}+(?:\\.(?:${LABEL}+-)*${LABEL}+)*\\.[a-z\\u{00a1}-\\u{ffff}]{2,}`;
const url = whole(
  `(?:https?|ftp)://(?:\\S+(?::\\S*)?@)?(?:${PRIVATE}${PUBLIC_IP}|${PUBLIC_NAME})(?::\\d{2,5})?(?:/\\S*)?`,
  "iu",
);

const NAME = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const isHostname = whole(`${NAME}(?:\\.${NAME})*\\.?`, "i");
const hostname = (text) => text.replace(/\.$/, "").length <= 253 && isHostname(text);
const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOMAIN_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const email = whole(`${ATOM}(?:\\.${ATOM})*@(?:${DOMAIN_LABEL}\\.)+${DOMAIN_LABEL}`, "i");

const regex = (text) => {
  // An anchor of other languages, which JavaScript does not have.
  if (/[^\\]\\Z/.test(text)) {
    return false;
  }
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

// RFC 6901.
const TOKENS = "(?:/(?:[^~/]|~[01])*)*";
const FRAGMENT_TOKENS = `(?:/(?:[a-z0-9_\\-.!$&'()*+,;:=@]|${ESCAPED}|~[01])*)*`;
const HEX = "[0-9a-f]";

const numbers = (validate) => ({ type: "number", validate });
const formats = {
  date: { validate: date, compare: compareDates },
  time: { validate: clock(true), compare: compareTimes },
  "date-time": { validate: both(clock(true)), compare: compareMoments },
  "iso-time": { validate: clock(false), compare: compareClocks },
  "iso-date-time": { validate: both(clock(false)), compare: compareMoments },
  duration,
  uri,
  "uri-reference": uriReference,
  "uri-template": uriTemplate,
  url,
  email,
  hostname,
  ipv4: whole(IPV4),
  ipv6: whole(ipv6Of(OCTET), "i"),
  regex,
  uuid: whole(`(?:urn:uuid:)?${HEX}{8}-(?:${HEX}{4}-){3}${HEX}{12}`, "i"),
  "json-pointer": whole(TOKENS),
  "json-pointer-uri-fragment": whole(`#${FRAGMENT_TOKENS}`, "i"),
  "relative-json-pointer": whole(`(?:0|[1-9]\\d*)(?:#|${TOKENS})`),
  // Line by line: one that is base64 is enough.
  byte: (text) => /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/im.test(text),
  int32: numbers((value) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31),
  int64: numbers(Number.isInteger),
  float: numbers(() => true),
  double: numbers(() => true),
  password: true,
  binary: true,
};

const LIMITS = {
  formatMaximum: ["<=", (order) => order <= 0],
  formatMinimum: [">=", (order) => order >= 0],
  formatExclusiveMaximum: ["<", (order) => order < 0],
  formatExclusiveMinimum: [">", (order) => order > 0],
};

bridge.addFormats = (ajv) => {
  for (const [name, format] of Object.entries(formats)) {
    ajv.addFormat(name, format);
  }
  for (const [keyword, [sign, fits]] of Object.entries(LIMITS)) {
    ajv.addKeyword({
      keyword,
      type: "string",
      schemaType: "string",
      dependencies: ["format"],
      compile(limit, { format }) {
        const { compare } = formats[format] || {};
        if (compare === undefined) {
          throw new Error(`"${keyword}": format "${format}" does not define "compare" function`);
        }
        const validate = (value) => {
          validate.errors = [{ keyword, message: `should be ${sign} ${limit}`, params: { comparison: sign, limit } }];
          return fits(compare(value, limit));
        };
        return validate;
      },
    });
  }
};

// The names of the formats.
functions.formats = () => Object.keys(formats).map((name) => ({ name }));

// Whether a value is of a format; values of other types are.
functions.format = ({ format, value }) => {
  const { type = "string", validate = formats[format] } = formats[format];
  return typeof value !== type || validate === true || validate(value);
};
