"""Writes what transformers' chat templating makes of whole conversations, with templates that do what published ones do.

    pip install -r tools/requirements.txt
    python tools/golden_conversations.py

The templates are our own. Each has some habits of published ones: it describes tools, walks schemas with macros, looks for
the last question, cuts and strips thoughts, takes indices from arithmetic, raises where roles do not alternate, or tells the
date. Each is rendered by the function behind apply_chat_template, on a day that stands still. The offsets of
{% generation %} are what return_assistant_tokens_mask is made from.
"""

import datetime
import json
from pathlib import Path

from transformers.utils import chat_template_utils

OUTPUT = Path(__file__).resolve().parent.parent / "ft-runtime/src/test/resources/templates/conversations.json"
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}
TODAY = "2025-03-05T09:04:07.000042"

FERRY = {
    "type": "function",
    "function": {
        "name": "next_ferry",
        "description": "Finds the next ferry from a pier.",
        "parameters": {
            "type": "object",
            "properties": {
                "pier": {"type": "string", "description": "The pier's \"name\" & number"},
                "seats": {"type": "integer", "description": "How many"},
                "stops": {"type": "array", "items": {"type": ["string", "null"]}},
                "deck": {"type": "string", "enum": ["upper", "löwer"]},
                "extras": {"type": "object", "properties": {"bike": {"type": "boolean"}, "price": {"type": "number"}}},
            },
            "required": ["pier"],
        },
    },
}
TIDE = {"type": "function", "function": {"name": "tide", "description": "The tide, now.\nIn metres.", "parameters": {"type": "object", "properties": {}, "required": []}}}

CONVERSATIONS = {
    "question": [{"role": "user", "content": "When is low tide?"}],
    "talk": [
        {"role": "user", "content": " When is low tide? "},
        {"role": "assistant", "content": "At noon."},
        {"role": "user", "content": "And <\"high\"> & tomorrow?\nPlease."},
    ],
    "told": [
        {"role": "system", "content": "You keep a pier.\n"},
        {"role": "user", "content": "When is löw tide? 🌊"},
        {"role": "assistant", "content": "At noon."},
        {"role": "user", "content": "Thanks!"},
    ],
    "learnt": [
        {"role": "system", "content": "You keep a pier."},
        {"role": "user", "content": "Is it 🌊 deep?"},
        {"role": "assistant", "content": "Seven 🌊 metres."},
        {"role": "user", "content": "And there?"},
        {"role": "assistant", "content": "Two."},
    ],
    "thoughts": [
        {"role": "user", "content": "Is it deep?"},
        {"role": "assistant", "content": "<think>\nThe chart says 7.\n</think>\n\nSeven metres."},
        {"role": "user", "content": "Sure? /no_think"},
        {"role": "assistant", "content": "Yes.", "reasoning_content": "\nI looked twice.\n"},
    ],
    "thinks": [
        {"role": "user", "content": "Is it deep?"},
        {"role": "assistant", "content": "<think>\n\nThe chart\nsays 7.\n\n</think>\n\nSeven metres. \n"},
    ],
    "tools": [
        {"role": "system", "content": "You sell tickets."},
        {"role": "user", "content": "Two seats from pier 9, and the tide."},
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [
                {"id": "call00001", "type": "function",
                 "function": {"name": "next_ferry", "arguments": {"pier": "9 \"old\"", "seats": 2, "stops": [None, "é"]}}},
                {"id": "call00002", "type": "function", "function": {"name": "tide", "arguments": {}}},
            ],
        },
        {"role": "tool", "name": "next_ferry", "tool_call_id": "call00001", "content": "{\"at\": \"10:30\"}"},
        {"role": "tool", "name": "tide", "tool_call_id": "call00002", "content": "1.5"},
        {"role": "assistant", "content": "At half past ten; the tide is at 1.5 m."},
    ],
    "text call": [
        {"role": "user", "content": "Pier 9?"},
        {"role": "assistant", "tool_calls": [{"function": {"name": "next_ferry", "arguments": "{\"pier\": 9}"}}]},
        {"role": "tool", "content": "10:30"},
    ],
    "parts": [
        {"role": "user", "content": [{"type": "text", "text": "What is "}, {"type": "image"}, {"type": "text", "text": "this?"}]},
        {"role": "assistant", "content": [{"type": "text", "text": "A pier. "}]},
    ],
    "out of turn": [
        {"role": "user", "content": "one"},
        {"role": "user", "content": "two"},
    ],
    "stranger": [{"role": "user", "content": "Hi"}, {"role": "narrator", "content": "A gull cries."}],
    "critic": [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": None},
        {"role": "ipython", "content": "3"},
    ],
    "nobody": [],
}

# name: template, the conversations and variables it is tried with
TEMPLATES = {
    "blocks": (
        """\
{%- if messages[0]['role'] == 'system' -%}
    {%- set opening = messages[0]['content'] | trim + '\\n\\n' -%}
    {%- set turns = messages[1:] -%}
{%- else -%}
    {%- set opening = '' -%}
    {%- set turns = messages -%}
{%- endif -%}

{{- bos_token -}}
{%- for m in turns -%}
    {%- if (m['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{- raise_exception('roles must alternate') -}}
    {%- endif -%}
    {%- if m.role == 'user' -%}
        {{- '<q>' + (opening if loop.first else '') + m['content'].strip() + '</q>' -}}
    {%- elif m.role == 'assistant' -%}
        {{- ' ' ~ m['content'] ~ eos_token -}}
    {%- else -%}
        {{- raise_exception('Only users and assistants speak, not ' ~ m.role) -}}
    {%- endif -%}
    {%- if loop.last and m.role == 'user' and add_generation_prompt -%}{{- '<a>' -}}{%- endif -%}
{%- endfor -%}
""",
        ["question", "talk", "told", "out of turn", "stranger", "nobody"],
        [{}, {"add_generation_prompt": True}],
    ),
    "lines": (
        """\
{% for m in messages %}
{% if m['role'] == 'user' %}
{{ '<|asks|>\\n' + m['content'] + eos_token }}
{% elif m['role'] == 'system' %}
{{ '<|is told|>\\n' + m['content'] + eos_token }}
{% elif m['role'] == 'assistant' %}
{{ '<|answers|>\\n'  + m['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|answers|>' }}
{% endif %}
{% endfor %}
""",
        ["question", "told", "stranger", "nobody"],
        [{}, {"add_generation_prompt": True}],
    ),
    "default told": (
        "{% if messages[0]['role'] != 'system' %}{% set messages = [{'role': 'system', 'content': 'Be brief.'}] + messages %}"
        "{% endif %}{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}"
        "{% for message in messages %}[{{ message['role'] | upper }}]{{ message.content | trim }}{% if not loop.last %}\n"
        "{% endif %}{% endfor %}{% if add_generation_prompt %}\n[ASSISTANT]{% endif %}\n",
        ["question", "told"],
        [{}, {"add_generation_prompt": True}],
    ),
    "last question": (
        """\
{%- set ns = namespace(found=false, last=messages | length - 1, calls=[]) %}
{%- for m in messages[::-1] %}
    {%- set index = (messages | length - 1) - loop.index0 %}
    {%- if not ns.found and m.role == "user" and m.content is string and not (m.content.startswith('<result>') and m.content.endswith('</result>')) %}
        {%- set ns.found = true %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for m in messages %}
    {%- if m.content is string %}
        {%- set content = m.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if m.role == "user" or (m.role == "system" and not loop.first) %}
        {{- '<|in|>' + m.role + '\\n' + content + '<|out|>' + '\\n' }}
    {%- elif m.role == "assistant" %}
        {%- set thought = '' %}
        {%- if m.reasoning_content is string %}
            {%- set thought = m.reasoning_content %}
        {%- elif '</think>' in content %}
            {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {{- '<|in|>' + m.role + '\\n' }}
        {%- if loop.index0 > ns.last and (loop.last or (not loop.last and thought)) %}
            {{- '<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' }}
        {%- endif %}
        {{- content.rstrip() }}
        {%- for call in m.tool_calls or [] %}
            {%- if (loop.first and content) or (not loop.first) %}{{- '\\n' }}{%- endif %}
            {%- if call.function %}{%- set call = call.function %}{%- endif %}
            {{- '<call>{"name": "' }}{{- call.name }}{{- '", "arguments": ' }}
            {%- if call.arguments is string %}{{- call.arguments }}{%- else %}{{- call.arguments | tojson }}{%- endif %}
            {{- '}</call>' }}
        {%- endfor %}
        {{- '<|out|>\\n' }}
    {%- elif m.role == "tool" %}
        {%- if loop.first or (messages[loop.index0 - 1].role != "tool") %}{{- '<|in|>user' }}{%- endif %}
        {{- '\\n<result>\\n' + content + '\\n</result>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}{{- '<|out|>\\n' }}{%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|in|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}
{%- endif %}
""",
        ["question", "talk", "told", "thoughts", "thinks", "tools", "text call", "parts"],
        [{}, {"add_generation_prompt": True}, {"add_generation_prompt": True, "enable_thinking": False},
         {"add_generation_prompt": True, "enable_thinking": True}],
    ),
    "lists tools": (
        """\
{%- if tools is not none and tools %}
    {{- '<|in|>system\\n' }}
    {%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}
    {{- "# Tools\\n<tools>" }}
    {%- for tool in tools %}{{- "\\n" }}{{- tool | tojson(ensure_ascii=False) }}{%- endfor %}
    {{- "\\n</tools>\\n" }}
    {%- for tool in tools %}{{- tool.function | tojson(indent=4) + "\\n\\n" }}{%- endfor %}
{%- elif documents is none and messages and messages[0]['role'] == 'system' %}
    {{- messages[0]['content'] }}
{%- endif %}
{%- for m in messages %}
    {%- if (m.role == "user") or (m.role == "system" and not loop.first) or (m.role == "assistant" and not m.tool_calls) %}
        {{- m.role + ': ' }}{{ m.content if m.content is string else m.content | selectattr('type', 'equalto', 'text') | map(attribute='text') | join('') }}
    {%- elif m.tool_calls is defined and m.tool_calls is not none and m.tool_calls | length > 0 %}
        {{- '[' }}
        {%- for call in m.tool_calls %}
            {%- set out = call.function | tojson %}
            {{- out[:-1] }}
            {%- if call.id is defined and call.id | length == 9 %}{{- ', "id": "' + call.id + '"' }}{%- endif %}
            {{- '}' }}{%- if not loop.last %}{{- ', ' }}{%- else %}{{- ']' + eos_token }}{%- endif %}
        {%- endfor %}
    {%- elif m.role == "system" %}
        {#- told above -#}
    {%- elif m.role in ["tool", "ipython"] %}
        {{- '{"content": ' + m.content | string + (', "id": "' + m['tool_call_id'] + '"' if 'tool_call_id' in m else '') + '}' }}
    {%- else %}
        {{- raise_exception("Who is " + m.role + "?") }}
    {%- endif %}
{% endfor %}
""",
        ["told", "tools", "text call", "parts", "critic", "stranger"],
        [{"tools": [FERRY, TIDE]}, {"tools": [TIDE], "add_generation_prompt": True}, {}],
    ),
    "types": (
        """\
{%- macro type_of(spec) %}
    {%- set names = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"} %}
    {%- if spec.enum %}
        {{- '"' + spec.enum | join('" | "') + '"' }}
    {%- elif spec.type is string and names[spec.type] is defined %}
        {{- names[spec.type] }}
    {%- elif spec.type == "array" and spec.get('items') %}
        {{- "list[" + type_of(spec['items']) + "]" }}
    {%- elif spec.type == "object" %}
        {%- if spec.properties is defined %}
            {{- "{" }}
            {%- for name, inner in spec.properties | dictsort %}{{- name ~ ": " ~ type_of(inner) }}{%- if not loop.last %}, {% endif %}{%- endfor %}
            {{- "}" }}
        {%- else %}
            {{- "dict" }}
        {%- endif %}
    {%- elif spec.type is iterable and spec.type is not string %}
        {%- set alternatives = [] %}
        {%- for one in spec.type | reject('equalto', 'null') %}{{- type_of({'type': one}) }}{%- endfor %}
        {{- ' | None' if 'null' in spec.type }}
    {%- else %}
        {{- "Any" }}
    {%- endif %}
{%- endmacro %}
{%- macro described(spec, indent=2, end='') %}
    {%- for key, value in spec.items() if key != "type" and value is string %}{{- '\\n' ~ ' ' * indent ~ key ~ '=' ~ value | replace('\\n', ' ') }}{%- endfor %}{{ end }}
{%- endmacro %}
{%- for tool in tools or [] %}
{%- set f = tool.function if tool.function else tool %}
def {{ f.name }}(
    {%- for name, spec in f.parameters.properties.items() if name != 'extras' %}
        {{- name + ": " + type_of(spec) }}
        {%- if name not in f.parameters.required %} = None{% endif %}
        {%- if not loop.last %}, {% endif %}
    {%- else %}nothing
    {%- endfor %}):{{ described(f) }}
    {%- for name in f.parameters.properties %}{{ described(f.parameters.properties[name], end=';', indent=4) }}{% endfor %}
{{ f.parameters | tojson }}
{{ type_of(f.parameters) }}{{ described(indent=1, spec={'name': 'x', 'n': 1}) }}{{ type_of(spec={'type': 'null'}) }}
{% endfor %}
{{- tools | map(attribute='function') | map(attribute='name') | join(', ') if tools is defined and tools -}}
""",
        ["question"],
        [{"tools": [FERRY, TIDE]}, {}],
    ),
    "dates": (
        """\
{%- if not date_string is defined %}{%- set date_string = strftime_now("%d %b %Y") %}{%- endif %}
{{- "Today Date: " + date_string + "\\n" + strftime_now('%d %B %Y') + strftime_now("|%Y-%m-%d|%A|%a|%-d/%-m|%e|%j|%y|") }}
{{- strftime_now("%H:%M:%S %I:%M %p %-I %-H|%f|%F %T|%R|%D|%x %X|%c|%u %w|%h%%%n%t|%z%Z|äé 🌊 plain") -}}
""",
        ["question"],
        [{}, {"date_string": "26 Jul 2024"}, {"now": "2024-12-31T00:30:00"}, {"now": "2026-10-18T12:00:00.5"}],
    ),
    "learns": (
        """\
{% for m in messages %}
{{ '<' ~ m.role ~ '>' }}
{%- if m.role == 'assistant' -%}
    {% generation %}{{ m.content }}{{ eos_token }}
    {% endgeneration %}
{%- else -%}
    {{ m.content }}
{%- endif %}
{% endfor %}
""",
        ["question", "talk", "learnt"],
        [{}],
    ),
    "learns inline": (
        "{{ bos_token }}{%- for m in messages -%}{%- if m.role == 'assistant' -%}[{%- generation -%} {{ m.content }} {%- endgeneration -%}]"
        "{%- else -%}({{ m.content }}){%- endif -%}{%- endfor -%}",
        ["talk", "learnt"],
        [{}],
    ),
    "small": (
        "{{ messages[:-1] | length }}{{ messages[-1].role | capitalize }}{{ messages[-1]['role'].capitalize() }}"
        "{{ 'a_b'.replace('_', ' ').title() }}|{{ 'xxaxx'.lstrip('x') }}|{{ 'xxaxx'.rstrip('x') }}|{{ ' a\t '.rstrip() }}|"
        "{{ 'abc'[:] }}{{ messages[:] | length }}|{{ range(1, 4) | list }}{% for i in range(2, 4) %}{{ i }}{% endfor %}|"
        "{{ add_generation_prompt is false }}{{ add_generation_prompt is true }}{{ 0 is false }}|"
        "{{ messages[0].nope }}|{{ messages[0]['nope'] is defined }}|{{ 'T' if messages[0].tool_calls else 'F' }}|"
        "{{ ['user', 'tool'][messages | length - 1] if messages | length < 3 }}|{{ {'user': 1}[messages[0].role] }}|"
        "{{ messages | map(attribute='role') | unique | join(' ') }}|{{ messages[0] | tojson }}|{{ messages }}|{{ tools }}|{{ bos_token }}",
        ["question", "talk", "thoughts"],
        [{}, {"add_generation_prompt": True}],
    ),
}


class Today(datetime.datetime):
    fixed = datetime.datetime.fromisoformat(TODAY)

    @classmethod
    def now(cls, tz=None):
        return cls.fixed


def main():
    chat_template_utils.datetime = Today
    cases = []
    for name, (template, conversations, variables) in TEMPLATES.items():
        for conversation in conversations:
            for given in variables:
                now = given.get("now", TODAY)
                Today.fixed = datetime.datetime.fromisoformat(now)
                given = {key: value for key, value in given.items() if key != "now"}
                case = {"template": name, "conversation": conversation, "variables": given, "now": now}
                try:
                    texts, generated = chat_template_utils.render_jinja_template(
                        conversations=[CONVERSATIONS[conversation]],
                        chat_template=template,
                        return_assistant_tokens_mask="endgeneration" in template,
                        **TOKENS,
                        **given,
                    )
                    case["text"] = texts[0]
                    if generated:
                        case["generated"] = generated[0]
                except Exception as error:  # whatever Python raises, the template fails
                    case["fails"] = f"{type(error).__name__}: {error}"
                cases.append(case)
    golden = {
        "templates": {name: template for name, (template, _, _) in TEMPLATES.items()},
        "conversations": CONVERSATIONS,
        "tokens": TOKENS,
    }
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    OUTPUT.write_text(json.dumps(golden, ensure_ascii=False, indent=1)[:-2] + ',\n "cases": [\n' + lines + "\n]}\n", encoding="utf-8")
    print(len(cases), "cases,", sum("fails" in case for case in cases), "of them fail")


if __name__ == "__main__":
    main()
