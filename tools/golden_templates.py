"""Writes what Python's jinja2 makes of small templates, set up as transformers sets it up for chat templates.

    pip install -r tools/requirements.txt
    python tools/golden_templates.py

Each case is a template and its text, or the fact that it fails.
"""

import json
from pathlib import Path

from jinja2 import TemplateError
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

OUTPUT = Path(__file__).resolve().parent.parent / "ft-runtime/src/test/resources/templates/cases.json"

DATA = {
    "n": 7,
    "x": 2.5,
    "s": "Hello, wörld 🎉",
    "empty": "",
    "nothing": None,
    "yes": True,
    "list": [3, 1, 2],
    "words": ["pear", "Apple", "fig"],
    "map": {"b": 1, "a": {"c": [1, 2]}, "items": "own"},
    "people": [
        {"name": "Ann", "age": 30, "on": True},
        {"name": "bob", "age": 25, "on": False},
        {"name": "Cy", "age": 30, "on": True},
    ],
    "text": "  two\nlines  ",
    "big": 2**70,
    "neg": -3,
    "nz": -0.0,
    "huge": 1e22,
    "html": "a<b>&'\"",
    "mixed": {"z": 1, "B": 2, "a": None},
    "same": [1, 1.0, True, "1", "a", "A"],
    "recs": [{"a": {"b": 2}, "n": None}, {"a": {"b": 1}}, {"n": 3}],
    "breaks": "a\r\nb\x0bc\u2028d\n",
}

EXPRESSIONS = """
1 + 2 * 3 ** 2
-2 ** 2
7 // 2 ~ ' ' ~ -7 // 2 ~ ' ' ~ 7 % -3 ~ ' ' ~ 7 / 2
1e3 ~ ' ' ~ 1.0 ~ ' ' ~ 1e16 ~ ' ' ~ 0.1 + 0.2 ~ ' ' ~ 1e-5 ~ ' ' ~ 123456789012345680.0
2 ** -1
0x1F + 0b11 + 1_000
'a' 'b' + "c\\n\\x41\\u00e9"
'a' * 3 ~ [1] * 2
'%s is %05d and %.2f%%' % ('x', 42, 3.14159)
'%(a)s' % {'a': 1}
1 < 2 < 3 and not 3 < 2
1 == 1.0 == true
'a' in 'abc' ~ (1 in [1, 2]) ~ ('q' not in map)
n if n > 5 else 'small'
'x' if false
nothing is none and yes is true and missing is not defined
missing
missing | default('d') ~ empty | default('e', true)
missing.x
missing + 1
missing == other
map.b ~ map['a'].c[1] ~ map['items']
map.get('z') ~ map.get('z', 5)
map.a.keys() | list ~ map.a.values() | list
map
people[0]
words[0] ~ words[-1] ~ words[9]
words[1:] ~ words[::-1] ~ s[0:5] ~ s[-1] ~ s[::2]
list[::-1] | list
s | length
s.upper() ~ s.lower() ~ s.title() ~ s.swapcase()
s.split(', ') ~ 'a b  c'.split() ~ 'a b  c'.split(' ') ~ 'a-b-c'.rsplit('-', 1) ~ 'a b c'.split(None, 1)
'a,b'.partition(',') ~ 'abc'.rpartition('x')
' x '.strip() ~ '|' ~ ' x '.lstrip() ~ '|' ~ 'xxyxx'.strip('x')
'abc'.startswith('a') ~ 'abc'.endswith(('b', 'c')) ~ 'abc'.find('c') ~ 'abc'.count('b')
'abc'.replace('b', 'x') ~ 'aaa'.replace('a', 'b', 2)
'-'.join(words) ~ 'a'.center(5) ~ '|' ~ 'ab'.center(5) ~ '|' ~ 'a'.ljust(3) ~ '|' ~ 'a'.rjust(3) ~ '7'.zfill(3)
'l1\\nl2\\r\\nl3'.splitlines()
'{} {} {x}'.format('a', 'b', x=3) ~ '{1}{0}'.format('a', 'b')
'{:>5}|{:<5}|{:^5}|{:05d}|{:.2f}|{:,}'.format('a', 'b', 'c', 42, 2.345, 1234567)
'abc'.isalpha() ~ '12'.isdigit() ~ ' '.isspace() ~ 'Abc'.islower()
'prefix-x'.removeprefix('prefix-') ~ 'x.py'.removesuffix('.py')
"it's" ~ ["it's", 'a"b', 'new\\nline', '\\\\']
[1, 2.0, 'a', none, true, (1,), {}]
(1, 2) ~ () ~ (1,)
list | sort ~ words | sort ~ words | sort(case_sensitive=true) ~ list | sort(reverse=true)
people | sort(attribute='age') | map(attribute='name') | list
people | sort(attribute='age,name', reverse=true) | map(attribute='name') | join(',')
people | selectattr('on') | map(attribute='name') | list
people | rejectattr('age', 'equalto', 30) | list
people | selectattr('age', '>', 26) | list | length
people | groupby('age') | list | length
list | select('odd') | list ~ list | reject('odd') | list
list | map('string') | join('-')
list | first ~ list | last ~ list | sum ~ list | min ~ list | max
words | map('upper') | list
words | unique | list ~ [1, 1, 2] | unique | list
words | reverse | list ~ 'abc' | reverse
[1, 2, 3, 4, 5] | batch(2) | list
[1, 2, 3, 4, 5] | batch(2, 0) | list
[1, 2, 3, 4, 5] | slice(2) | list
map | dictsort
map | tojson ~ map | tojson(indent=2)
'é"\\n\\\\/<' | tojson ~ [1.0, 1e20, none, true] | tojson
{'b': 1, 'a': [1, {}], 'c': []} | tojson(indent=4)
{'b': 1, 'a': 2} | tojson(sort_keys=true) ~ [1, 2] | tojson(separators=(',', ':'))
text | trim ~ '|' ~ text | indent(2) ~ '|' ~ 'a\\n\\nb' | indent(2, true)
'hello world foo' | truncate(9) ~ 'hello world foo' | truncate(9, true) ~ 'short' | truncate(9)
'hello wOrld-foo' | title ~ 'hELLO' | capitalize
'12' | int + 1 ~ '1.9' | int ~ 'x' | int(5) ~ '0x1f' | int(0, 16) ~ 2.9 | int
'1.5' | float ~ 'x' | float(2.0)
2.567 | round(1) ~ 2.5 | round ~ 3 | round ~ 2.1 | round(method='ceil')
-3 | abs ~ 'a b' | wordcount ~ '<a>' | escape ~ 'a b/c' | urlencode
'%s-%s' | format('a', 'b')
map | items | list ~ map | length
n is odd ~ n is divisibleby 7 ~ s is string ~ list is sequence ~ map is mapping ~ n is number ~ x is float
n is integer ~ yes is boolean ~ map is iterable ~ n is iterable ~ 'a' is in 'abc' ~ n is sameas 7
n is eq 7 ~ n is gt 8 ~ 'abc' is lower ~ 'ABC' is upper ~ range is callable
range(3) | list ~ range(1, 10, 4) | list ~ range(3, 0, -1) | list
dict(a=1, b=2) ~ namespace(a=1).a
(people | selectattr('zzz')) is defined
'yes' if people | selectattr('name', 'eq', 'nobody') else 'no'
[] or 'fallback'
none or 0 and 1
not missing
list | length > 2
'a' ~ 1 + 2 ~ 'b'
true + 1
'abc' < 'abd' and [1, 2] < [1, 3]
1 < 'a'
{1: 'a', 'k': 2}[1]
n.zzz
words.append('x')
''.join(['a', 1])
unknown()
'a' | nofilter
1 is notest
none.x
[1, 2, 3].index(2) ~ [1, 1].count(1)
'%d' % 'a'
list | join
people | join(', ', attribute='name')
'a.b.c'.split('.')[1]
loop
big ~ ' ' ~ big + 1 ~ ' ' ~ -big // 3 ~ ' ' ~ -big % 7 ~ ' ' ~ big / 2 ~ ' ' ~ big * 1.0 ~ ' ' ~ big | tojson
big == big + 0 and big > 1e20 and big is integer and big is number and not big is odd and big is divisibleby 4
9223372036854775807 + 1 ~ ' ' ~ (-9223372036854775807 - 2) ~ ' ' ~ 9223372036854775807 * 2 ~ ' ' ~ 2 ** 100
99999999999999999999 ~ ' ' ~ 0xFFFFFFFFFFFFFFFFFF ~ ' ' ~ '123456789012345678901234567890' | int ~ ' ' ~ 1e30 | int
[big, 1] | sort ~ [big, 1] | max ~ [big, 1] | sum ~ {'a': big} ~ {big: 1}[2 ** 70] ~ (-big) | abs ~ big | round ~ big | float
'%d %x' % (big, big) ~ '{:,} {:x}'.format(big, big) ~ big | string | length
9007199254740993 == 9007199254740992.0 or 2 ** 53 + 1 > 2.0 ** 53
big * 'a'
2 ** 64 / 3 ~ ' ' ~ (2 ** 64 + 1) % 0.1 ~ ' ' ~ 0 / -7 ~ ' ' ~ 12345678901234567890 | round(1, 'ceil')
nz ~ ' ' ~ -0.0 ~ ' ' ~ 0 * -1.0 ~ ' ' ~ nz | abs ~ ' ' ~ nz | round ~ ' ' ~ -nz ~ ' ' ~ +nz ~ ' ' ~ nz == 0
-7.5 // 2 ~ ' ' ~ 7.5 // -2 ~ ' ' ~ -7.5 % 2 ~ ' ' ~ 7 % -2.5 ~ ' ' ~ 5.0 // 0.1 ~ ' ' ~ -1 // 7.0 ~ ' ' ~ 6.0 % -3
1e15 ~ ' ' ~ 1e17 ~ ' ' ~ 0.0001 ~ ' ' ~ 0.00001 ~ ' ' ~ 5e-324 ~ ' ' ~ 1.7976931348623157e308 ~ ' ' ~ 123456789012345678.0
0 ** -1
(-8) ** -1 ~ ' ' ~ (-2) ** 3 ~ ' ' ~ 4 ** 0.5 ~ ' ' ~ 0 ** 0 ~ ' ' ~ true ** 2 ~ ' ' ~ -true ~ ' ' ~ +true
1 // 0.0
1.0 % 0
1 < 2 == 2 ~ ' ' ~ (3 > 2 > 2) ~ ' ' ~ (1 in [1] in [[1]])
[1, 2] < [1, 3] ~ ((1, 2) < (1,)) ~ ([1] == (1,)) ~ ('a' < 'B') ~ ([nothing] == [none])
[1] < (1,)
'ab' * true ~ 2 * [1] ~ (1,) * 2 ~ 'a' * -1 ~ [] * 5
'a' * 2.0
(1,) + (2,) ~ [1] + [2]
[1] + (2,)
{1: 'a', 1.0: 'b', true: 'c'} ~ {1: 'a'}[1.0] ~ {true: 'a'}[1] ~ {(1, 2): 3}[(1, 2)]
{[1]: 2}
'x' in {'x': 1} ~ (1 in {1.0: 2})
[1] in {'x': 1}
range(3) ~ range(1, 7, 2) ~ range(5)[1:3] ~ range(5)[::-2] ~ (range(3) == [0, 1, 2]) ~ (range(2) is sequence)
range(3) | tojson
range(2) + [1]
map.keys() ~ map.values() ~ {'a': 1}.items() ~ (map.keys() is sequence) ~ (map.items() is iterable) ~ map.keys() | length
map.items()[0] ~ '|'
mixed | dictsort ~ mixed | dictsort(true) ~ {'b': 1, 'a': 2} | dictsort(by='value', reverse=true)
mixed | dictsort(by='x')
'aßc' | upper ~ 'ǆ' | capitalize ~ 'ß'.title() ~ 'İ'.lower() | length ~ 'ΑΣ'.lower() ~ 'Straße'.casefold() ~ "they're".title()
'²'.isdigit() ~ '²'.isdecimal() ~ '½'.isnumeric() ~ '½'.isdigit() ~ '٣'.isdecimal() ~ '٣' | int ~ 'x_1'.isidentifier()
'  x y  '.split(none, 1) ~ '  x y  '.rsplit(none, 1) ~ breaks.split() ~ breaks.splitlines() ~ breaks | indent
'aXbX'.find('X', 2) ~ 'aXbX'.rfind('X', 0, 2) ~ 'abc'.find('', 9) ~ 'aaa'.count('a', 1) ~ 'abc'.startswith('b', 1) ~ 'abc'.endswith('b', 0, 2)
'añ🎉b'.replace('', '-') ~ 'añ🎉b'[1:3] ~ 'añ🎉b'.index('b') ~ 'añ🎉b'.center(9, '*') ~ 'a\tbc\td'.expandtabs(4)
'a'.center(5, 'xy')
'a'.partition('')
'-'.join(['a', 1])
['\u2028', '\x7f', '\u200b', 'é', '\xa0', "a'b\"c"]
'%5d|%-5d|%05d|%+d|% d|%x|%#x|%o|%e|%.2e|%g|%.3g|%c|%r|%.2s|%5.1f|%a' % (42, 42, -42, 42, 42, 255, 255, 8, 12345.678, 0.5, 1e-5, 1234.5, 65, 'é', 'abc', 2.25, 'é')
'%d %i %s %s %%' % (3.9, -3.9, none, [1]) ~ '%s' % {'a': 1} ~ '%(a)s %(a)r' % {'a': 'b'} ~ 'a' % [] ~ '%*d' % (5, 1)
'%s' % ()
'%d' % none
'%x' % 1.5
'{:5}|{:<5}|{:^5}|{:05}|{:+}|{:_}|{:#x}|{:b}|{:e}|{:.1%}|{:g}|{:c}|{:010,}'.format(1, 2, 3, -5, 6, 8000, 255, 5, 12.5, 0.5, 1e10, 65, 1234567)
'{:5}|{:.2}|{:>5.1}|{!r}|{:5}|{:d}|{:.3}|{:.0f}|{:f}|{:.10}|{:n}'.format('a', 'bcd', 'efg', 'h', true, true, 3.14159, 0.5, huge, 100.0, 5)
'{0[1]} {a[b]} {a.b} {:>{w}}| {{}} {!s:>3}|'.format([1, 2], a={'b': 1}, w=3)
'{a[b]} {a.b} {:>{w}}| {{}} {!s:>3}|'.format('x', 1, a={'b': 1}, w=3)
'{:5}'.format(none)
'{:d}'.format(1.0)
'{:.1}'.format(1)
'{}'.format()
'}'.format()
3 | round(-1) ~ 25 | round(-1) ~ 35 | round(-1) ~ 2.675 | round(2) ~ -2.5 | round ~ true | round ~ 42.55 | round(1, 'floor') ~ 2 | round(0, 'ceil')
'1_000' | int ~ '0x1f' | int(0, 0) ~ '0b11' | int(base=2) ~ ' -3 ' | int ~ '1e3' | int ~ '.5' | float ~ '1f' | float ~ '1d' | float ~ nothing | int(8)
'a' | round
nothing | abs
'foo bar baz' | truncate(5) ~ 'foo bar baz' | truncate(10, leeway=0) ~ 'foobarbaz' | truncate(5, true, '', 0) ~ 'foo' | truncate(2, leeway=5)
'foo' | truncate(2)
[1, 2, 3] | truncate(3)
{'a': 1, 'b c': 'd&e/'} | urlencode ~ [('a', 'b c')] | urlencode ~ 'a b/ü~*+' | urlencode
same | unique | list ~ same | unique(true) | list ~ same | unique(attribute='x') | list
[1, 2, 3] | batch(0) | list ~ [1, 2, 3] | batch(5, 'x') | list ~ [1, 2, 3] | slice(2, 'x') | list ~ [1, 2] | slice(2, 'x') | list
[1] | batch
recs | map(attribute='a.b', default='?') | list ~ recs | map(attribute='a') | map('default', 0) | list
recs | map(attribute='a.b') | list
recs | selectattr('n') | list ~ recs | selectattr('n', 'defined') | list ~ recs | rejectattr('n', 'none') | list
people | groupby('age') | map(attribute='grouper') | list ~ people | groupby('age') | map('last') | map('length') | list ~ (people | groupby('on'))[0].list | length
people | groupby('name') | map('first') | list ~ ['b', 'A', 'a'] | groupby(0) | list
people | sort(attribute='on,name') | map(attribute='name') | list ~ people | max(attribute='age') ~ ['b', 'A'] | max ~ [] | min
[{'a': 1}, {'b': 2}] | sort(attribute='a')
['a'] | sum(start='')
[[1], [2]] | sum(start=[])
nothing | map('upper') | list ~ nothing | select | list ~ nothing | reject('odd') | list ~ nothing | selectattr('a') | list ~ nothing | rejectattr('a', 'eq', 1) | list
nothing | selectattr('type', 'equalto', 'function') | list | length ~ nothing | map(attribute='x') | join(',') ~ 0 | select | list ~ '' | map('upper') | list
nothing | map('no such filter') | list ~ nothing | select('no such test') | list ~ nothing | selectattr() | list ~ missing | selectattr('a') | list
'yes' if nothing | selectattr('a') else 'no'
nothing | list
nothing | first
nothing | last
nothing | join
nothing | length
nothing | sort
nothing | sum
nothing | min
nothing | unique | list
nothing | reverse
nothing | groupby('a')
nothing | batch(2) | list
nothing | slice(2) | list
nothing | items | list
nothing | dictsort
5 | map('upper') | list
5 | select | list
[1, 2] | map('no such filter') is iterable
[1, 2] | map('no such filter') | list
([1, 'a'] | map('abs')) | first
[1, 'a'] | map('abs') | list
missing | list ~ missing | sort ~ missing | unique | list ~ missing | sum ~ missing | items | list ~ missing | length ~ missing | upper
missing | int
missing | float(1)
missing == missing and missing != none and missing in [missing] ~ [missing]
missing | tojson
-missing
missing % 2
missing < 1
[missing] | join('x') ~ missing | default('a') | upper ~ missing is string ~ missing is iterable ~ missing is sequence
html | e ~ ' ' ~ html | e | e ~ ' ' ~ html | safe | e ~ ' ' ~ html | forceescape ~ ' ' ~ html | safe | forceescape ~ ' ' ~ 1 | e
(html | safe) + '<' ~ ' ' ~ ('<' + (html | safe)) ~ ' ' ~ (html | safe) * 2
'<' ~ (html | safe) ~ '<' ~ (html | e)
(html | e) + '<' + html
(html | safe) + 1
('%s|%s<' | safe) % ('<', '<' | safe) ~ '%s<' % ('<' | safe) ~ ('%(a)s' | safe) % {'a': '<'} ~ ('%r %d' | safe) % ('<', 3) ~ ('%s' | safe) % ['<']
('{}<{a}' | safe).format('<', a='<' | safe) ~ ('{:>5}' | safe).format('<') ~ '{}'.format('<' | safe) ~ '%s' | safe | format('<')
('<' | safe).join(['<', 'a' | safe, 1]) ~ ','.join(['<' | safe]) ~ ['<', '>' | safe] | join('<' | safe) ~ ['<', '>' | safe] | join('<') is escaped
[html | safe, 'a'] ~ {'k': html | e} ~ [html | safe] | tojson ~ (html | safe) | tojson
('a' | safe) == 'a' and ('a' | safe) in ['a'] and {'a': 1}['a' | safe] == 1 and ('a' | safe) is string and 'a' | safe is escaped
'x' | e is escaped ~ 1 | e is escaped ~ ('aB' | safe) | upper is escaped ~ ('aB' | safe) | trim is escaped ~ ('aB' | safe) | string is escaped
('aB' | safe) | title is escaped ~ ('aB' | safe) | replace('a', 'b') is escaped ~ ('aB' | safe) | indent is escaped ~ ('aB' | safe)[0] is escaped
('aB' | safe) | reverse is escaped ~ ('aB' | safe) | first is escaped ~ ('aB' | safe) | list ~ ('a b' | safe).split() ~ ('a<' | safe).partition('<')
('a' | safe).replace('a', '<') ~ ('a' | safe) | replace('a', '<') ~ ('a' | safe).center(3, '<') ~ ('A<' | safe).lower() + '<'
('&lt;b&gt;&#39;&amp;' | safe).unescape() ~ '<b>x</b>  <!-- c -->y &amp; z' | striptags ~ ('<i>a</i>' | safe).striptags()
n is sameas n ~ nothing is sameas none ~ true is sameas 1 ~ [] is sameas [] ~ missing is sameas missing
'upper' is filter ~ 'odd' is test ~ 'nope' is filter ~ none is number ~ true is integer ~ 1 is boolean ~ 1.0 is odd
'a' is odd
n | attr('x') is undefined ~ map | attr('b') is undefined ~ ('x' | attr('upper'))()
{1: 2, none: 3, true: 4, 1.5: 5} | tojson ~ (1, 2) | tojson ~ '\u2028\x7f\x00' | tojson ~ '🎉é' | tojson(ensure_ascii=true) ~ [1, [2]] | tojson(indent=0) ~ [1] | tojson(indent=-1)
{(1, 2): 3} | tojson
[map.keys()] | tojson
mixed | pprint ~ 'x' | pprint
words[10:0:-2] ~ words[-9:9] ~ words[:none] ~ words[true:] ~ words[:big] ~ (1, 2, 3)[::-1] ~ s[::-3]
words[::0]
map[1:]
n[1:]
words['0'] ~ '|' ~ words.1 ~ '|' ~ words[1.0] ~ '|' ~ 'abc'[none] ~ '|' ~ nothing.x ~ nothing['x'] ~ n[0] ~ words[big]
namespace(a=1) ~ (namespace(a=1) == namespace(a=1)) ~ namespace({'a': 1}, b=2).a
cycler()
dict(['ab', 'cd']) ~ dict([('a', 1)], b=2)
dict(['abc'])
""".strip().splitlines()

TEMPLATES = [
    "{% for i in list %}{{ loop.index }}/{{ loop.length }}:{{ i }}{{ ',' if not loop.last }}{% endfor %}",
    "{% for i in list if i > 1 %}{{ loop.index0 }}{{ i }}{% else %}none{% endfor %}",
    "{% for i in [] %}x{% else %}empty{% endfor %}",
    "{% for k, v in map.items() %}{{ k }}{% endfor %}",
    "{% for k, v in map | items %}{{ k }}={{ v }};{% endfor %}",
    "{% for a, b in [(1, 2), (3, 4)] %}{{ a + b }} {% endfor %}",
    "{% for i in list %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "{% set a = 0 %}{% for i in list %}{% set a = a + i %}{{ a }} {% endfor %}{{ a }}",
    "{% set ns = namespace(a=0) %}{% for i in list %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }}",
    "{% for i in list %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }} {% endfor %}",
    "{% for i in list %}{{ loop.cycle('a', 'b') }}{{ loop.changed(i > 2) }}{{ loop.revindex }}{% endfor %}",
    "{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}{{ m('x', 'y') }}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, z=3) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}|{{ m(1, 2) }}",
    "{% macro outer(x) %}<{{ caller(x) }}>{% endmacro %}{% call(y) outer(3) %}got {{ y }}{% endcall %}",
    "{% macro fact(n) %}{% if n <= 1 %}1{% else %}{{ n }}*{{ fact(n - 1) }}{% endif %}{% endmacro %}{{ fact(4) }}",
    "{% set y %}a{{ n }}b{% endset %}{{ y | upper }}",
    "{% set y | upper %}abc{% endset %}{{ y }}",
    "{% filter upper %}abc{{ s }}{% endfilter %}",
    "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "{% if n > 5 %}big{% elif n > 2 %}mid{% else %}small{% endif %}",
    "a\n{% if yes %}\nb\n{% endif %}\nc\n",
    "a\n  {% if yes %}\n  b\n  {% endif %}\nc",
    "a  {%- if yes -%}  b  {%- endif -%}  c",
    "a {{- n -}} b {{ n }}\n{{ n }}\n\nc",
    "x {# comment #} y\n  {# alone #}\nz",
    "x {#- comment -#} y",
    "  {%+ if yes %}a{% endif %}",
    "{% if yes +%}\na{% endif %}",
    "{% raw %}{{ n }}{% if %}{% endraw %} after\n",
    "{%- raw -%}  {{ n }}  {%- endraw -%}  x",
    "{{ '}}' ~ '{{' }}{{ {'a': {'b': 1}}['a'] }}",
    "line\r\nother\r\n{{ n }}\r\n",
    "{% for a in people recursive %}{{ a.name }}{% if a.kids %}{{ loop(a.kids) }}{% endif %}{% endfor %}",
    "{% for i in range(2) %}{% for j in range(2) %}{{ loop.index }}{{ loop.depth }}{% endfor %}{% endfor %}",
    "{% generation %}a{{ n }}{% endgeneration %}b",
    "{{ raise_exception('no') }}",
    "{% if %}{% endif %}",
    "{% for i in list %}",
    "{{ n",
    "{{ 1 + }}",
    "{% endif %}",
    "{% unknown %}",
    "{{ (1 }}",
    "{% set gen = people | selectattr('on') %}{% for p in gen %}{{ p.name }}{% endfor %}{% for p in gen %}again{% endfor %}",
    "{% set l = [] %}{% set l = l + [1] %}{{ l }}{{ l | length }}",
    "{%- set a = 'x' %}\n{{- a }}",
    "{% for c in 'añ🎉' %}{{ c }}.{% endfor %}",
    "{% set ns = namespace(found=false) %}{% if not ns.found and words[0] is string %}ok{% endif %}",
    "{% set map2 = dict(map, z=9) %}{{ map2.z }}{{ map2 | length }}",
    "{% set j = joiner('|') %}{% for i in list %}{{ j() }}{{ i }}{% endfor %}",
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.current }}",
    "{{ people | map(attribute='name') | join(', ') }} and {{ people | map(attribute='zip', default='-') | list }}",
    "{% if messages is defined and messages %}x{% else %}y{% endif %}",
    "{% for p in people %}{% if loop.first %}first {% elif loop.last %}last {% endif %}{{ p['name'] }}\n{% endfor %}",
    "{{ n }}{# a\nmulti line\ncomment #}\nnext",
    "{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}",
    "{{ 'a' if n is odd else 'b' }}{{ 'c' if not n is odd else 'd' }}",
    "{{ [1, 2, 3] | map('int') | sum }}{{ {'a': 1} | tojson | length }}",
    "{% for i in [1, 2] %}{% continue %}{% else %}no turn ended{% endfor %}",
    "{% for i in [1, 2] %}{{ i }}{% break %}{% else %}no turn ended{% endfor %}",
    "{% for i in [1, 2] %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% else %}no turn ended{% endfor %}",
    "{% for c in messages.calls | selectattr('type') %}{{ c }}{% else %}none{% endfor %}",
    "{% for c in nothing | selectattr('type') %}{{ c }}{% else %}none{% endfor %}",
    "{% for c in nothing %}{{ c }}{% endfor %}",
    "{% for c in missing %}{{ c }}{% else %}none{% endfor %}",
    "{% set g = [1, 2, 3] | map('string') %}{{ g | first }}{{ g | first }}{{ g | list }}{{ g | list }}{{ 'true' if g }}",
    "{% set g = words | reverse %}{{ g | join(',') }}|{{ g | join(',') }}|{{ g is iterable }}{{ g is sequence }}",
    "{% set g = [1, 'a', 2] | map('abs') %}{{ g | first }}",
    "{% for x in [1, 2, 3] | map('string') %}{{ loop.length }}{{ loop.revindex0 }}{{ loop.last }}{{ loop.nextitem }} {% endfor %}",
    "{% for x in 'ab' | safe %}{{ x is escaped }}{{ loop }}{{ loop.cycle('y', 'z') }}{{ loop.nosuch is defined }}{% endfor %}",
    "{% for x in [1] %}{{ loop.cycle() }}{% endfor %}",
    "{% for x in [1, 2] %}{{ loop(x) }}{% endfor %}",
    "{% for a, b in mixed.items() %}{{ loop.index }}{{ a }}{{ b }}{{ loop.previtem }}{% endfor %}",
    "{% for a, (b, c) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for g, l in people | groupby('age') %}{{ g }}:{{ l | map(attribute='name') | join('+') }};{% endfor %}",
    "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m('<') | e }}{{ m('<') is escaped }}{{ m.name }}{{ m.arguments }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ kwargs }}{{ m(1, z=2) }}",
    "{% macro m() %}{{ caller() }}{{ caller.name }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{% set x %}<{{ '>' | safe }}{% endset %}{{ x is escaped }}{{ x | e }}",
    "{% filter e %}<{{ n }}>{% endfilter %}",
    "a\u00a0{%- if true %}b{% endif -%}\u00a0c",
    "a\n\u00a0 {% if true %}b{% endif %}",
    "{#- c -#}\u3000y{{ n -}}\u2028z{%- raw -%}\x1c{{ x }}{%- endraw %}",
    "{{\u00a0n\u00a0}}",
    "{% set l = [[]] %}{% for i in range(150) %}{% set l = [l] %}{% endfor %}{{ l }}",
    "{% for m in [{'role': 'user', 'calls': none}, {'role': 'x'}] %}{{ m.calls | selectattr('a') | list | length }}{% endfor %}",
]


class Generation(Extension):
    """{% generation %}: its text is that of its body."""

    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(["name:endgeneration"], drop_needle=True)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def raise_exception(message):
    raise TemplateError(message)


CHATML = (
    "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content | trim + '<|im_end|>' + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
TALK = [
    {"role": "system", "content": "Count the stones."},
    {"role": "user", "content": "one, two?"},
    {"role": "assistant", "content": " three "},
    {"role": "user", "content": "four?"},
    {"role": "assistant", "content": "five, the river"},
]


TOOLS = (
    "{% if tools %}<|im_start|>system\n{% for t in tools %}{{ t | tojson }}\n{% endfor %}<|im_end|>\n{% endif %}"
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.content is defined and m.content %}{{ m.content }}{% endif %}"
    "{% for c in m.tool_calls or [] %}<call>{{ c.function | tojson }}</call>{% endfor %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
FUNCTION = {"type": "function", "function": {"name": "depth", "parameters": {"type": "object", "properties": {}}}}
CALLS = [
    {"role": "user", "content": "How deep is the river?"},
    {
        "role": "assistant",
        "tool_calls": [{"type": "function", "function": {"name": "depth", "arguments": {"of": "river", "n": 1.5}}}],
    },
    {"role": "tool", "name": "depth", "content": "7"},
    {"role": "assistant", "content": "seven stones"},
    {"role": "user", "content": "And now?"},
    {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "depth", "arguments": {}}}]},
]


ROWS = (
    "{% for m in messages %}[{{ m.role }} {{ m.content is defined }} {{ m.content is none }} {{ m.content }}"
    " {{ m.reasoning_content }} {{ m.name }} {{ m.tool_calls | selectattr('type', 'equalto', 'function') | list | length }}]"
    "{% endfor %}"
)
CALL = [{"type": "function", "function": {"name": "depth", "arguments": {"of": "river"}}}]
WRITTEN = [
    [{"role": "user", "content": "Hi", "tool_calls": None}, {"role": "assistant", "content": "Yo", "tool_calls": []}],
    [{"role": "system", "content": ""}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yo"}],
    [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "", "tool_calls": CALL}],
    [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": None, "tool_calls": CALL}],
    [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": CALL}],
    [
        {"role": "user", "content": "Hi", "name": "ann"},
        {"role": "assistant", "content": "So.", "reasoning_content": "why", "tool_calls": CALL},
        {"role": "tool", "name": "depth", "content": "", "tool_call_id": "1"},
    ],
]


def chat_tokens():
    """A conversation as transformers tokenizes it, with the tokenizer of the tiny Llama."""
    from transformers import PreTrainedTokenizerFast

    model = OUTPUT.parent.parent / "models/tiny-llama"
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(model / "tokenizer.json"), bos_token="<s>", eos_token="</s>")
    tokenizer.chat_template = CHATML
    return {
        "template": CHATML,
        "messages": TALK,
        "ids": tokenizer.apply_chat_template(TALK, tokenize=True),
        "prompt": tokenizer.apply_chat_template(TALK[:4], tokenize=True, add_generation_prompt=True),
        "rows": {
            "template": ROWS,
            "cases": [
                {"messages": row, "text": tokenizer.apply_chat_template(row, tokenize=False, chat_template=ROWS)}
                for row in WRITTEN
            ],
        },
        "tools": {
            "template": TOOLS,
            "row": {"messages": CALLS, "tools": [FUNCTION]},
            "text": tokenizer.apply_chat_template(CALLS, tools=[FUNCTION], tokenize=False, chat_template=TOOLS),
            "ids": tokenizer.apply_chat_template(CALLS, tools=[FUNCTION], tokenize=True, chat_template=TOOLS),
            "prompt": tokenizer.apply_chat_template(
                CALLS[:3], tools=[FUNCTION], tokenize=True, add_generation_prompt=True, chat_template=TOOLS
            ),
        },
    }


def main():
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    cases = []
    for source in ["{{ " + e + " }}" for e in EXPRESSIONS] + TEMPLATES:
        try:
            cases.append({"template": source, "text": environment.from_string(source).render(**DATA)})
        except Exception as error:  # whatever Python raises, the template fails
            cases.append({"template": source, "fails": f"{type(error).__name__}: {error}"})
    chat = chat_tokens()
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps({"data": DATA, "cases": cases, "chat": chat}, ensure_ascii=False, indent=1) + "\n")
    print(len(cases), "cases,", sum("fails" in case for case in cases), "of them fail")


if __name__ == "__main__":
    main()
