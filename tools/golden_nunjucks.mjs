// What nunjucks 3.2.4, set up as promptfoo sets it up, makes of small templates: writes
// ft-runtime/src/test/resources/io/github/ftmaven/runtime/script/nunjucks.json, with the data, and for each template its
// text or the first line of its error.
//
//     npm install --prefix DIR nunjucks@3.2.4 && node tools/golden_nunjucks.mjs DIR

import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const directory = resolve(process.argv[2]);
const nunjucks = createRequire(`${directory}/`)('nunjucks');
const { version } = JSON.parse(readFileSync(join(directory, 'node_modules/nunjucks/package.json'), 'utf8'));
if (version !== '3.2.4') {
  throw new Error(`nunjucks ${version} is not 3.2.4`);
}

const data = {
  say: `she's "in" & <out> ä🌊`, n: 7, half: 2.5, whole: 4.0, minus: -3, yes: true, no: false, nothing: null, blank: '',
  birds: ['tern', 'Gull', 'auk'], numbers: [3, 1, 2], none_of: [], pier: { name: 'north', seats: [4, 2], closed: null },
  crew: [{ name: 'Ida', age: 41, on: true }, { name: 'bo', age: 27, on: false }, { name: 'Cem', age: 41, on: true }],
  lines: 'up\ndown\n\n  end', json: '{"b":[1,{"c":null}],"a":"x"}', html: '<b>tide</b> <!-- x -->&amp; more', path: 'a b/ü?&',
};

const templates = [
  // values as texts
  '{{say}}', '{{ birds }}', '{{ numbers }}', '{{ pier }}', '{{ crew }}', '{{ whole }}|{{ half }}|{{ minus }}', '{{ yes }}{{ no }}',
  '{{ nothing }}|{{ none }}|{{ null }}|{{ undefined }}|{{ true }}|{{ false }}|{{ None }}', '{{ missing }}|{{ missing.at.all }}|{{ pier.missing }}',
  '{{ 1000000 }} {{ 2.50 }} {{ 0.1 + 0.2 }} {{ 1e21 }} {{ 1 / 3 }} {{ 1 / 0 }} {{ -1 / 0 }} {{ 0 / 0 }}', '{{ [1, [2, 3]] }} {{ {a: 1} }}', '{{ blank }}|',
  // members
  "{{ pier.name }}{{ pier['name'] }}{{ pier.seats[1] }}{{ pier['seats'][0] }}", '{{ birds[0] }}|{{ birds[-1] }}|{{ birds[9] }}', '{{ birds[n - 6] }}',
  '{{ say.length }} {{ birds.length }}', "{{ say.toUpperCase() }} {{ birds.join('+') }} {{ say.slice(0, 5) }} {{ 'a-b'.split('-') }}", '{{ pier.name.missing() }}',
  '{{ missing() }}', "{{ pier['na' + 'me'] }}", "{{ 'tern'[0] }}", '{{ birds[1:] }}', '{{ birds[:1] }}',
  // operators
  '{{ n + 1 }} {{ n - 1 }} {{ n * 2 }} {{ n / 2 }} {{ n // 2 }} {{ n % 4 }} {{ n ** 2 }} {{ -n }} {{ +n }}', '{{ minus // 2 }} {{ minus % 2 }}', '{{ 2 ** 3 ** 2 }} {{ 1 + 2 * 3 - 4 / 2 }} {{ (1 + 2) * 3 }}',
  "{{ 'a' + 1 }} {{ 1 + '2' }} {{ '3' * '4' }} {{ say ~ n }} {{ 1 ~ 2 }} {{ nothing ~ missing ~ 'x' }}",
  "{{ n == 7 }} {{ n === 7 }} {{ '7' == n }} {{ '7' === n }} {{ n != 6 }} {{ n !== '7' }} {{ nothing == missing }} {{ n < 8 }} {{ n >= 7 }} {{ 'a' < 'b' }}",
  '{{ 1 < 2 < 3 }} {{ 3 > 2 > 1 }}', "{{ not yes }} {{ yes and 'y' }} {{ no or 'z' }} {{ no and missing.x }} {{ missing or blank or 'last' }} {{ not missing }}",
  "{{ 'auk' in birds }} {{ 'x' not in birds }} {{ 'name' in pier }} {{ 'er' in 'tern' }}", "{{ 'a' in n }}", "{{ 'a' in missing }}", "{{ 'a' if yes else 'b' }}{{ 'c' if no else 'd' }}{{ 'e' if no }}|",
  "{{ ('a' if no) or 'b' }}", "{{ 'x' if n > 5 and not no }}", "{{ 'it''s' }}", "{{ 'it\\'s' }} {{ \"a\\nb\\tc\\\\d\" }} {{ 'a\\qb' }}", '{{ r/^t.*n$/.test(birds[0]) }} {{ r/GULL/i.test(birds) }}',
  '{{ "}}" }} {{ "{{" }} {{ \'%}\' }}', '{{ n }}}} {{ n }}%}', '{{ {"a": 1, b: [n], "c d": {e: yes}} | dump }}', '{{ [n, say, [no]] | dump }}', '{{ 1, 2 }}', '{{ (1, 2) }}',
  // filters
  '{{ minus | abs }} {{ half | round }} {{ 2.567 | round(1) }} {{ 2.51 | round(0, "floor") }} {{ 2.1 | round(0, "ceil") }}', '{{ birds | batch(2) | dump }} {{ birds | batch(2, "-") | dump }}',
  "{{ 'tHE tide' | capitalize }} {{ 'tHE tide-line' | title }} {{ birds[1] | upper }}{{ birds[1] | lower }}", "{{ 'a' | center(5) }}| {{ 'ab' | center }}|", "{{ missing | default('d') }} {{ blank | default('d') }} {{ blank | default('d', true) }} {{ nothing | default('d') }} {{ no | d('x', true) }}",
  '{{ pier | dictsort | dump }}', "{{ {b: 2, A: 3, a: 1} | dictsort(true) | dump }} {{ {b: 2, a: 3} | dictsort(false, 'value') | dump }}", "{{ birds | dictsort }}", '{{ pier | dump }} {{ say | dump }} {{ missing | dump }} {{ pier | dump(2) }}',
  "{{ pier | dump('\\t') }}", '{{ say | escape }} {{ say | e }} {{ say | safe }} {{ say | safe | escape }} {{ say | forceescape }} {{ say | e | e }} {{ n | e }}', '{{ birds | first }}{{ birds | last }} {{ none_of | first }}|{{ say | first }}', "{{ crew | groupby('age') | dump }}",
  "{{ lines | indent }}|{{ lines | indent(2) }}|{{ lines | indent(1, true) }}|{{ blank | indent }}", "{{ birds | join }} {{ birds | join(', ') }} {{ crew | join('/', 'name') }} {{ numbers | join(missing) }}", '{{ birds | length }} {{ say | length }} {{ pier | length }} {{ missing | length }} {{ n | length }} {{ none_of | length }}',
  "{{ 'abc' | list }} {{ pier | list | dump }} {{ birds | list }}", "{{ n | list }}", '{{ lines | nl2br }}', "{{ [5] | random }}", '{{ [0, 1, "", "a"] | reject | dump }} {{ numbers | select("odd") | dump }} {{ numbers | reject("odd") | dump }} {{ numbers | select("divisibleby", 3) | dump }}', "{{ numbers | select('nosuch') }}",
  "{{ crew | selectattr('on') | dump }} {{ crew | rejectattr('on') | length }}", "{{ say | replace('i', '1') }} {{ 'aaa' | replace('a', 'b', 2) }} {{ 'abc' | replace('', '.') }} {{ 17 | replace('7', '8') }} {{ 'a.b.c' | replace(r/[.]/g, '-') }} {{ 'aaa' | replace('a', 'b', 0) }}",
  "{{ 'abc' | reverse }} {{ birds | reverse }} {{ birds }}", '{{ birds | slice(2) | dump }} {{ numbers | slice(2, 0) | dump }} {{ numbers | slice(5) | dump }}', "{{ birds | sort }} {{ birds | sort(true) }} {{ birds | sort(false, true) }} {{ numbers | sort }} {{ crew | sort(false, false, 'age') | join(',', 'name') }} {{ crew | sort(attribute='name', case_sensitive=true) | join(',', 'name') }}", "{{ crew | sort(attribute='none') }}",
  "{{ n | string }}{{ n | string | length }}", '{{ html | striptags }} {{ lines | striptags }} {{ lines | striptags(true) }}', '{{ numbers | sum }} {{ crew | sum("age") }} {{ numbers | sum(missing, 10) }}', "{{ '  a b ' | trim }}|{{ '  a b ' | trim | length }}", "{{ 'a tide that is long' | truncate(8) }} {{ 'a tide that is long' | truncate(8, true) }} {{ 'a tide that is long' | truncate(8, true, '~') }} {{ 'short' | truncate }} {{ 'abcdef' | truncate(3) }}",
  '{{ path | urlencode }} {{ {a: 1, "b c": "d&"} | urlencode }} {{ [["x", "y z"]] | urlencode }} {{ n | urlencode }}|', "{{ 'see example.com/a or http://example.org.' | urlize }} {{ 'http://example.org/long/path' | urlize(10) }} {{ 'a@example.org' | urlize(50, true) }}", "{{ 'one two  three' | wordcount }} {{ blank | wordcount }}", "{{ '3.7' | float }} {{ 'x' | float }} {{ 'x' | float(1.5) }} {{ '3.7' | int }} {{ 'x' | int }} {{ 'x' | int(9) }} {{ '11' | int(0, 2) }} {{ 3.9 | int }}",
  '{{ json | load | dump }} {{ (json | load).b[1] | dump }}', "{{ 'not json' | load }}", '{{ n | nosuch }}', '{{ n | upper | lower | title }}', "{{ missing | upper }}|{{ missing | trim }}|{{ missing | replace('a', 'b') }}|{{ missing | title }}", '{{ n | upper }}', "{{ missing | join(',') }}|{{ missing | first }}",
  "{% filter upper %}tide {{ n }}{% endfilter %}", "{% filter replace('t', 'T') %}tide at ten{% endfilter %}", "{% filter nosuch %}x{% endfilter %}",
  // tests
  '{{ n is defined }} {{ missing is defined }} {{ missing is undefined }} {{ nothing is null }} {{ nothing is none }}', '{{ n is odd }} {{ n is even }} {{ n is divisibleby(7) }} {{ n is number }} {{ say is string }} {{ say is number }}', '{{ n is equalto(7) }} {{ n is eq(8) }} {{ n is sameas(7) }} {{ n is ne(7) }} {{ n is gt(6) }} {{ n is ge(7) }} {{ n is lt(7) }} {{ n is le(7) }} {{ n is greaterthan(7) }} {{ n is lessthan(8) }}',
  "{{ 'abc' is lower }} {{ 'ABC' is upper }} {{ blank is falsy }} {{ n is truthy }} {{ birds is iterable }} {{ say is iterable }} {{ pier is mapping }} {{ birds is mapping }} {{ pier.toString is callable }} {{ say | safe is escaped }} {{ n is not odd }} {{ missing is not defined }}", '{{ n is nosuch }}', '{{ n is divisibleby 7 }}',
  // blocks
  '{% for b in birds %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ b }};{% endfor %}', '{% for k, v in pier %}{{ k }}={{ v }}{% if not loop.last %}, {% endif %}{% endfor %}', '{% for c in crew %}{{ c.name }} ({{ c.age }}) {% else %}nobody{% endfor %}', '{% for x in none_of %}x{% else %}empty{% endfor %}', '{% for x in missing %}x{% else %}empty{% endfor %}{% for x in nothing %}x{% else %}none{% endfor %}',
  '{% for a, b in [[1, 2], [3, 4]] %}{{ a }}+{{ b }} {% endfor %}', '{% for a, b, c in [[1, 2, 3]] %}{{ a }}{{ b }}{{ c }}{% endfor %}', "{% for c in 'añ🌊' %}[{{ c }}]{% endfor %}", '{% for i in range(3) %}{{ i }}{% endfor %} {% for i in range(1, 8, 3) %}{{ i }}{% endfor %} {% for i in range(3, 0, -1) %}{{ i }}{% endfor %}', '{% for i in range(2) %}{% for j in range(2) %}{{ loop.index }}{{ i }}{{ j }} {% endfor %}{{ loop.index }}{% endfor %}', '{% for x in n %}{{ x }}{% else %}no{% endfor %}', '{% for b in birds if b %}{{ b }}{% endfor %}',
  '{% if yes and n > 3 %}a{% elif no %}b{% else %}c{% endif %}{% if no %}a{% elif n == 7 %}b{% else %}c{% endif %}{% if no %}a{% elseif missing %}b{% else %}c{% endif %}', '{% if pier %}o{% endif %}{% if none_of %}l{% endif %}{% if blank %}b{% endif %}{% if 0 %}z{% endif %}{% if "0" %}s{% endif %}{% if nothing %}n{% endif %}', "{% if 'auk' in birds %}in{% endif %}{% if not ('x' in birds) %}out{% endif %}", '{{ "a" if pier.seats | length > 1 else "b" }}',
  '{% switch n %}{% case 5 %}five{% case 7 %}seven{% default %}other{% endswitch %}{% switch say %}{% case 1 %}one{% default %}other{% endswitch %}', '{% switch n %}{% case 6 %}{% case 7 %}both{% endswitch %}|{% switch 0 %}{% case 1 %}x{% endswitch %}',
  '{% set a = 1 %}{{ a }}{% for i in numbers %}{% set a = i %}{% endfor %}{{ a }}', '{% set a, b = n %}{{ a }}{{ b }}', '{% set a %}tide {{ n }}{% endset %}{{ a | upper }}', '{% if yes %}{% set a = 2 %}{% endif %}{{ a }}', '{% set n = n + 1 %}{{ n }}', '{% set pier = {name: "south"} %}{{ pier.name }}',
  '{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(1, b=5) }} {{ m() }} {{ m(b=1, a=2) }}', '{% macro m(a) %}{{ n }}{{ a }}{% endmacro %}{{ m("x") }}', '{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}', '{% macro box(w) %}[{{ w }}{{ caller() }}]{% endmacro %}{% call box(3) %}tide {{ n }}{% endcall %}', '{% macro box() %}[{{ caller(4) }}]{% endmacro %}{% call(x) box() %}{{ x }}{% endcall %}', '{% call(x) missing() %}{{ x }}{% endcall %}',
  '{% raw %}{{ say }}{% if %}{% endraw %} {% verbatim %}{{ n }}{% endverbatim %}', '{# note #}a{# {{ n }} #}b', 'a {#- note -#} b', '  {%- if yes -%}  tide  {%- endif -%}  ', 'a {{- n -}} b', 'up\n{% if yes %}\nin\n{% endif %}\ndown\n', '\n{{ n }}\n\n', 'a\r\n{{ n }}\r\n', '{%+ if yes %}x{% endif %}', "{% set c = cycler('odd', 'even') %}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.next() }}", "{% set j = joiner(', ') %}{% for b in birds %}{{ j() }}{{ b }}{% endfor %}", "{{ joiner()() }}|",
  '{% block a %}in{{ n }}{% endblock %}', '{% block a %}x{% endblock %}{% block a %}y{% endblock %}', '{% asyncEach b in birds %}{{ b }}{% endeach %}', '{% with %}x{% endwith %}',
  // what is not valid
  '{{ n', '{% if n %}x', '{% for b in birds %}', '{% endif %}', '{% nosuch %}', '{{ 1 + }}', '{{ }}', '{% if %}x{% endif %}', '{% for in birds %}{% endfor %}', "{{ 'open }}", '{# open', '{% raw %}open', '{{ (1 }}', '{{ [1 }}', '{{ {1: 2} }}', '{{ n n }}', '{% set = 1 %}', '{% macro %}{% endmacro %}', '{{ n | }}', '{{ n ? 1 : 2 }}', '{{ n && yes }}', 'a\nb {{ n | nosuch }}', 'a\n\n{{ missing.x.y() }}', '{{ a = 1 }}', '{{ n++ }}', '{{ "a" "b" }}', '{{ n; }}', '{ { n } } { % n % }', '{{{ n }}}', '{{ {{ n }} }}',
];

const environment = new nunjucks.Environment(null, { autoescape: false, throwOnUndefined: false });
environment.addFilter('load', (text) => JSON.parse(text));
const cases = templates.map((template) => {
  try {
    return { template, text: environment.renderString(template, data) };
  } catch (error) {
    return { template, fails: `${error.name}: ${error.message}`.split('\n')[0], why: error.message.split('\n').slice(1).join(' ').trim() };
  }
});
const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, '../ft-runtime/src/test/resources/io/github/ftmaven/runtime/script/nunjucks.json');
const lines = cases.map((each) => JSON.stringify(each));
writeFileSync(output, `{"data": ${JSON.stringify(data)},\n"cases": [\n${lines.join(',\n')}\n]}\n`);
console.log(cases.length, 'cases,', cases.filter((each) => 'fails' in each).length, 'of them fail');
