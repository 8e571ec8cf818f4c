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
