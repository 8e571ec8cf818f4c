// What depends on a language, as Node.js has it where a table here says so: numbers and dates of common locales, and the
// order of Latin texts. All else is refused. Times are in UTC, here as elsewhere in the sandbox.
"use strict";
const { refuse } = bridge;

// By language or locale: between groups of digits, before the fraction, the least number of digits before the first
// group's; the order of a date.
const LOCALES = {
  en: [",", ".", 1, (y, m, d) => `${m}/${d}/${y}`],
  "en-GB": [",", ".", 1, (y, m, d) => `${two(d)}/${two(m)}/${y}`],
  "en-AU": [",", ".", 1, (y, m, d) => `${two(d)}/${two(m)}/${y}`],
  "en-CA": [",", ".", 1, (y, m, d) => `${y}-${two(m)}-${two(d)}`],
  de: [".", ",", 1, (y, m, d) => `${d}.${m}.${y}`],
  fr: ["\u202f", ",", 1, (y, m, d) => `${two(d)}/${two(m)}/${y}`],
  es: [".", ",", 2, (y, m, d) => `${d}/${m}/${y}`],
  it: [".", ",", 2, (y, m, d) => `${two(d)}/${two(m)}/${y}`],
  nl: [".", ",", 1, (y, m, d) => `${d}-${m}-${y}`],
  pt: [".", ",", 1, (y, m, d) => `${two(d)}/${two(m)}/${y}`],
  ja: [",", ".", 1, (y, m, d) => `${y}/${m}/${d}`],
  zh: [",", ".", 1, (y, m, d) => `${y}/${m}/${d}`],
  sv: ["\u00a0", ",", 1, (y, m, d) => `${y}-${two(m)}-${two(d)}`, "\u2212"],
};
const KNOWN = "en-US en-GB en-AU en-CA de-DE fr-FR es-ES it-IT nl-NL pt-BR ja-JP zh-CN sv-SE".split(" ");
const two = (number) => String(number).padStart(2, "0");

const localeOf = (locales) => {
  const name = (Array.isArray(locales) ? locales[0] : locales) ?? "en-US";
  if (typeof name !== "string" || !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(name)) {
    throw new RangeError(`Incorrect locale information provided`);
  }
  if (!KNOWN.includes(name) && !(name in LOCALES)) {
    refuse(`the locale ${name}`);
  }
  return name;
};
const tableOf = (name) => LOCALES[name] || LOCALES[name.slice(0, 2)];
const onlyOptions = (options, known, what) => {
  const all = options === undefined ? {} : Object(options);
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && !known.includes(name)) {
      refuse(`the option ${name} of ${what}`);
    }
  }
  return all;
};
const within = (value, low, high, name) => {
  const number = Number(value);
  if (!(number >= low && number <= high)) {
    throw new RangeError(`${name} value is out of range.`);
  }
  return Math.floor(number);
};

// A decimal, of the shortest digits that are this number, rounded half away from zero.
const rounded = (number, least, most) => {
  const [mantissa, exponent = "0"] = String(Math.abs(number)).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  let all = whole + fraction;
  let point = whole.length + Number(exponent);
  all = point <= 0 ? "0".repeat(1 - point) + all : all.padEnd(point, "0");
  point = Math.max(point, 1);
  let kept = BigInt(all.slice(0, point) + all.slice(point, point + most).padEnd(most, "0"));
  kept += all.charAt(point + most) >= "5" ? 1n : 0n;
  const text = String(kept).padStart(most + 1, "0");
  const digits = text.slice(0, text.length - most);
  const rest = text.slice(text.length - most).replace(/0+$/, "").padEnd(least, "0");
  return [digits, rest];
};

const SYMBOLS = { USD: "$", EUR: "€", GBP: "£", JPY: "¥", CNY: "CN¥", INR: "₹", KRW: "₩", BRL: "R$", CAD: "CA$", AUD: "A$", MXN: "MX$" };
const NUMBER_OPTIONS = "style currency minimumIntegerDigits minimumFractionDigits maximumFractionDigits useGrouping".split(" ");
const number = (value, locales, options) => {
  const locale = localeOf(locales);
  const [group, point, minGrouping, , minus = "-"] = tableOf(locale);
  const set = onlyOptions(options, NUMBER_OPTIONS, "numbers");
  const style = set.style ?? "decimal";
  const currency = style === "currency" ? String(set.currency).toUpperCase() : "";
  if ((style !== "decimal" && locale !== "en-US" && locale !== "en") || !["decimal", "percent", "currency"].includes(style)) {
    refuse(`the style ${style} of numbers in ${locale}`);
  }
  if (currency && !(currency in SYMBOLS)) {
    refuse(`the currency ${currency}`);
  }
  const own = style === "currency" ? (currency === "JPY" || currency === "KRW" ? 0 : 2) : 0;
  const given = set.minimumFractionDigits === undefined ? undefined : within(set.minimumFractionDigits, 0, 100, "minimumFractionDigits");
  const limit = set.maximumFractionDigits === undefined ? undefined : within(set.maximumFractionDigits, 0, 100, "maximumFractionDigits");
  const usual = style === "decimal" ? 3 : own;
  const least = given ?? Math.min(own, limit ?? own);
  const most = limit ?? Math.max(usual, least);
  if (least > most) {
    throw new RangeError("maximumFractionDigits value is out of range.");
  }
  let numeric = Number(value);
  if (typeof value === "bigint" && BigInt(numeric) !== value) {
    refuse("numbers of more digits than a double has");
  }
  if (style === "percent") {
    // In decimal, so that 0.285 is 28.5.
    const shifted = Number(`${numeric}e2`);
    numeric = Number.isNaN(shifted) || numeric === 0 ? numeric * 100 : shifted;
  }
  let text;
  if (Number.isNaN(numeric)) {
    text = "NaN";
  } else if (!Number.isFinite(numeric)) {
    text = "∞";
  } else {
    let [whole, fraction] = rounded(numeric, least, most);
    whole = whole.padStart(within(set.minimumIntegerDigits ?? 1, 1, 21, "minimumIntegerDigits"), "0");
    if (set.useGrouping !== false && whole.length >= 3 + minGrouping) {
      whole = whole.replace(/\B(?=(\d{3})+$)/g, group);
    }
    text = fraction ? whole + point + fraction : whole;
  }
  const negative = numeric < 0 || Object.is(numeric, -0);
  return (negative ? minus : "") + (SYMBOLS[currency] ?? "") + text + (style === "percent" ? "%" : "");
};

const MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const DATE_STYLES = {
  full: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  long: { year: "numeric", month: "long", day: "numeric" },
  medium: { year: "numeric", month: "short", day: "numeric" },
  short: { year: "2-digit", month: "numeric", day: "numeric" },
};
const TIME_STYLES = { medium: { hour: "numeric", minute: "2-digit", second: "2-digit" }, short: { hour: "numeric", minute: "2-digit" } };
const DATE_PARTS = ["weekday", "year", "month", "day"];
const TIME_PARTS = ["hour", "minute", "second"];
const width = (value, style) => (style === "2-digit" ? two(value % 100) : String(value));

const dateText = (date, set) => {
  const year = set.year && width(date.getUTCFullYear(), set.year);
  const day = set.day && width(date.getUTCDate(), set.day);
  const weekday = set.weekday && (set.weekday === "long" ? WEEKDAYS[date.getUTCDay()] : WEEKDAYS[date.getUTCDay()].slice(0, 3));
  if (set.month !== "long" && set.month !== "short") {
    const numbers = [set.month && width(date.getUTCMonth() + 1, set.month), day, year].filter(Boolean).join("/");
    return [weekday, numbers].filter(Boolean).join(", ");
  }
  const month = MONTHS[date.getUTCMonth()].slice(0, set.month === "long" ? undefined : 3);
  const monthDay = [month, day].filter(Boolean).join(" ");
  return [weekday, year && !day ? `${monthDay} ${year}` : monthDay, day && year].filter(Boolean).join(", ");
};

const timeText = (date, set) => {
  if (!set.hour) {
    refuse("a time without its hour");
  }
  const hour = width(date.getUTCHours() % 12 || 12, set.hour);
  const rest = [set.minute && two(date.getUTCMinutes()), set.second && two(date.getUTCSeconds())].filter((each) => each);
  return `${[hour, ...rest].join(":")} ${date.getUTCHours() < 12 ? "AM" : "PM"}`;
};

const dated = (value, locales, options, usual) => {
  const locale = localeOf(locales);
  const date = new Date(value);
  const set = onlyOptions(options, [...DATE_PARTS, ...TIME_PARTS, "timeZone", "dateStyle", "timeStyle", "hour12"], "dates");
  if (set.timeZone !== undefined && !/^(UTC|Etc\/UTC|GMT)$/i.test(set.timeZone)) {
    refuse(`the time zone ${set.timeZone}`);
  }
  if (set.hour12 === false) {
    refuse("a clock of 24 hours in dates of a language");
  }
  if (Number.isNaN(date.valueOf())) {
    if (usual === "format") {
      throw new RangeError("Invalid time value");
    }
    return "Invalid Date";
  }
  for (const [style, method] of [["dateStyle", "time"], ["timeStyle", "date"]]) {
    if (set[style] !== undefined && usual === method) {
      throw new TypeError(`Invalid option : ${style}`);
    }
  }
  let parts = Object.fromEntries([...DATE_PARTS, ...TIME_PARTS].filter((part) => set[part]).map((part) => [part, set[part]]));
  if (set.dateStyle || set.timeStyle) {
    parts = { ...DATE_STYLES[set.dateStyle], ...(set.timeStyle ? (TIME_STYLES[set.timeStyle] ?? refuse(`the time style ${set.timeStyle}`)) : {}) };
  }
  const isUsual = Object.keys(parts).length === 0;
  const asked = Object.keys(parts);
  // What a method is for is added if nothing of its kind is asked for.
  const lacksDate = usual !== "time" && !asked.some((part) => DATE_PARTS.includes(part));
  const lacksTime = usual !== "date" && !asked.some((part) => TIME_PARTS.includes(part));
  if (!set.dateStyle && !set.timeStyle && (usual === "both" || usual === "format" ? isUsual : usual === "date" ? lacksDate : lacksTime)) {
    Object.assign(
      parts,
      usual === "time" ? {} : { year: "numeric", month: "numeric", day: "numeric" },
      usual === "date" || usual === "format" ? {} : TIME_STYLES.medium,
    );
  }
  const hasDate = DATE_PARTS.some((part) => parts[part]);
  const hasTime = TIME_PARTS.some((part) => parts[part]);
  if (locale !== "en-US" && locale !== "en") {
    if (hasTime || !isUsual) {
      refuse(`dates of ${locale} with options or a time`);
    }
    return tableOf(locale)[3](date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  }
  if (hasTime && parts.weekday && !parts.day) {
    refuse("a weekday beside a time");
  }
  if (hasTime && hasDate && (parts.month === "long" || (parts.month === "short" && set.dateStyle === undefined))) {
    refuse("a month's name beside a time");
  }
  return [hasDate && dateText(date, parts), hasTime && timeText(date, parts)].filter(Boolean).join(", ");
};

// The order of Unicode's collation for Latin texts: by letters, then by accents, then small before capital.
const PUNCTUATION = "\t\n\v\f\r \u00a0_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";
const ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0328\u0327\u0304";
const rank = new Map([...PUNCTUATION].map((each, place) => [each, place + 1]));
rank.set("\u00a0", rank.get(" "));
const keys = (text, numeric) => {
  const levels = [[], [], []];
  const plain = text.normalize("NFD");
  for (let i = 0; i < plain.length; i++) {
    const each = plain[i];
    const lower = each.toLowerCase();
    const accent = ACCENTS.indexOf(each);
    if (accent >= 0 && levels[1].length > 0) {
      levels[1].push(levels[1].pop() * 100 + accent + 2);
      continue;
    }
    if (numeric && /\d/.test(each)) {
      const digits = /^\d+/.exec(plain.slice(i))[0];
      const significant = digits.replace(/^0+(?=\d)/, "");
      levels[0].push(rank.get("0"), significant.length, ...[...significant].map(Number));
      i += digits.length - 1;
    } else if (rank.has(each)) {
      levels[0].push(rank.get(each));
    } else if (lower >= "a" && lower <= "z") {
      levels[0].push(1000 + lower.charCodeAt(0));
    } else {
      refuse(`the order of '${each}' in localeCompare`);
    }
    levels[1].push(1);
    levels[2].push(each === lower ? 0 : 1);
  }
  return levels;
};
const comparedLists = (a, b) => {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) {
      return a[i] < b[i] ? -1 : 1;
    }
  }
  return Math.sign(a.length - b.length);
};
const collate = (a, b, locales, options) => {
  const locale = localeOf(locales);
  if (locale === "sv-SE" || locale === "sv" || locale === "es-ES" || locale === "es") {
    refuse(`the order of ${locale}`);
  }
  const set = onlyOptions(options, ["numeric", "sensitivity", "usage", "caseFirst"], "localeCompare");
  if (set.caseFirst !== undefined && set.caseFirst !== "false" && set.caseFirst !== "lower") {
    refuse(`the option caseFirst of localeCompare`);
  }
  const [first, second] = [keys(a, set.numeric), keys(b, set.numeric)];
  const levels = { base: [0], accent: [0, 1], case: [0, 2] }[set.sensitivity] ?? [0, 1, 2];
  return levels.reduce((order, level) => order || comparedLists(first[level], second[level]), 0);
};

const define = (prototype, methods) => {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
  }
};
const turkish = (locales) => {
  const name = Array.isArray(locales) ? locales[0] : locales;
  if (name !== undefined && /^(lt|el|hy|nl)\b/.test(name)) {
    refuse(`letters of ${name}`);
  }
  return name !== undefined && /^(tr|az)\b/.test(name);
};
define(Number.prototype, {
  toLocaleString(locales, options) {
    return number(this.valueOf(), locales, options);
  },
});
define(BigInt.prototype, {
  toLocaleString(locales, options) {
    return number(this.valueOf(), locales, options);
  },
});
define(Date.prototype, {
  toLocaleString(locales, options) {
    return dated(this, locales, options, "both");
  },
  toLocaleDateString(locales, options) {
    return dated(this, locales, options, "date");
  },
  toLocaleTimeString(locales, options) {
    return dated(this, locales, options, "time");
  },
});
define(Array.prototype, {
  toLocaleString(locales, options) {
    return Array.from(this, (each) => (each === undefined || each === null ? "" : each.toLocaleString(locales, options))).join(",");
  },
});
define(String.prototype, {
  localeCompare(other, locales, options) {
    return collate(String(this), String(other), locales, options);
  },
  toLocaleLowerCase(locales) {
    return turkish(locales)
      ? String(this).replace(/I\u0307|[İI]/g, (each) => (each === "I" ? "ı" : "i")).toLowerCase()
      : String(this).toLowerCase();
  },
  toLocaleUpperCase(locales) {
    return turkish(locales) ? String(this).replace(/i/g, "İ").toUpperCase() : String(this).toUpperCase();
  },
});

const formatter = (name, format, resolved) =>
  function (locales, options) {
    const locale = localeOf(locales);
    return {
      ...format(locale, options),
      resolvedOptions: () => ({ locale, ...resolved }),
      [Symbol.toStringTag]: `Intl.${name}`,
    };
  };
const known = {
  NumberFormat: formatter("NumberFormat", (locale, options) => ({ format: (value) => number(value, locale, options) })),
  DateTimeFormat: formatter(
    "DateTimeFormat",
    (locale, options) => ({ format: (value) => dated(value ?? Date.now(), locale, options, "format") }),
    { calendar: "gregory", numberingSystem: "latn", timeZone: "UTC" },
  ),
  Collator: formatter("Collator", (locale, options) => ({ compare: (a, b) => collate(String(a), String(b), locale, options) })),
  getCanonicalLocales: (locales) => (locales === undefined ? [] : [].concat(locales)),
};
Object.defineProperty(globalThis, "Intl", {
  value: new Proxy(known, {
    get: (target, name) => (name in target || typeof name === "symbol" ? target[name] : refuse(`Intl.${String(name)}`)),
  }),
  writable: true,
  configurable: true,
});
