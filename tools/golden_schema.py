"""Writes the golden values of SchemaGoldenTest: schemas of every draft, and what Python's jsonschema says of them.

    python tools/golden_schema.py

Left out is what the specification leaves open, or jsonschema computes in floating point: multipleOf 0.1 of 0.3.
"""

import json
from pathlib import Path

from jsonschema import (
    Draft4Validator,
    Draft6Validator,
    Draft7Validator,
    Draft201909Validator,
    Draft202012Validator,
    FormatChecker,
)
from jsonschema.exceptions import SchemaError

FILE = (
    Path(__file__).resolve().parent.parent
    / "ft-runtime/src/test/resources/io/github/ftmaven/runtime/schema/schema-golden.json"
)

DRAFTS = {
    "http://json-schema.org/draft-04/schema#": Draft4Validator,
    "http://json-schema.org/draft-06/schema#": Draft6Validator,
    "http://json-schema.org/draft-07/schema#": Draft7Validator,
    "https://json-schema.org/draft/2019-09/schema": Draft201909Validator,
    "https://json-schema.org/draft/2020-12/schema": Draft202012Validator,
}
ALL = list(DRAFTS)
FROM_6, FROM_7, FROM_2019 = ALL[1:], ALL[2:], ALL[3:]
TO_7, ONLY_4, ONLY_2019, ONLY_2020 = ALL[:3], ALL[:1], ALL[3:4], ALL[4:]

VALUES = [
    None, True, False, 0, 1, 1.0, -1, 1.5, 2, 3, 4, 5, 7.5, 10, 100, 12345678901234567890, 1e300, -0.0,
    "", "a", "ab", "abc", "ABC", "a1", "1", "é", "😀", "😀😀", "foo bar", "2024-02-30", "2024-02-29", "10.0.0.1",
    "10.0.0.256", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "line\nbreak",
    [], [1], [1, 1], [1, 1.0], [1, 2], [1, 2, 3], [1, "a"], ["a", 1], ["a", "b", "a"], [[1], [1]], [{"a": 1}, {"a": 1.0}],
    [0, False], [1, True], [None], [[], {}], ["a", 1, True], [{"a": 1, "b": 2}, {"b": 2, "a": 1}],
    {}, {"a": 1}, {"a": "x"}, {"b": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 1}, {"a": None}, {"foo": 1}, {"foobar": "x"},
    {"x1": 1, "x2": "a"}, {"a": {"a": {"a": 1}}}, {"a": {"a": "x"}}, {"kind": "circle", "radius": 1},
    {"kind": "square", "side": 2}, {"kind": "square", "radius": 2}, {"value": 1, "next": {"value": 2, "next": None}},
    {"value": 1, "next": {"value": "2"}}, {"name": "n", "children": [{"name": "c"}]}, {"name": "n", "children": [{"nam": "c"}]},
    {"billing": "x"}, {"card": 1}, {"card": 1, "billing": "x"}, {"street": "s", "city": "c", "type": "business"},
    {"street": "s", "city": "c", "type": "business", "zip": 1},
]

CASES = [
    ("type", ALL, {"type": "integer"}),
    ("number", ALL, {"type": "number"}),
    ("types", ALL, {"type": ["string", "null"]}),
    ("enum", ALL, {"enum": [1, "a", None, [1], {"a": 1}, True]}),
    ("const", FROM_6, {"const": 1}),
    ("const false", FROM_6, {"const": False}),
    ("const object", FROM_6, {"const": {"a": 1, "b": 2}}),
    ("range", ALL, {"minimum": 1, "maximum": 5}),
    ("exclusive", FROM_6, {"exclusiveMinimum": 1, "exclusiveMaximum": 5}),
    ("exclusive of draft 4", ONLY_4, {"minimum": 1, "exclusiveMinimum": True, "maximum": 5, "exclusiveMaximum": True}),
    ("multiple", ALL, {"multipleOf": 2}),
    ("multiple of a half", ALL, {"multipleOf": 0.5, "maximum": 1000}),
    ("length", ALL, {"minLength": 1, "maxLength": 2}),
    ("pattern", ALL, {"pattern": "^[a-z]+$"}),
    ("pattern within", ALL, {"pattern": "b"}),
    ("pattern of a digit", ALL, {"pattern": "^a\\d?$"}),
    ("items", ALL, {"items": {"type": "integer"}}),
    ("tuple", TO_7 + ONLY_2019, {"items": [{"type": "integer"}, {"type": "string"}]}),
    ("closed tuple", TO_7 + ONLY_2019, {"items": [{"type": "integer"}], "additionalItems": False}),
    ("tuple with a rest", TO_7 + ONLY_2019, {"items": [{"type": "integer"}], "additionalItems": {"type": "string"}}),
    ("prefix", ONLY_2020, {"prefixItems": [{"type": "integer"}, {"type": "string"}]}),
    ("closed prefix", ONLY_2020, {"prefixItems": [{"type": "integer"}], "items": False}),
    ("prefix with a rest", ONLY_2020, {"prefixItems": [{"type": "integer"}], "items": {"type": "string"}}),
    ("count", ALL, {"minItems": 1, "maxItems": 2}),
    ("unique", ALL, {"uniqueItems": True}),
    ("contains", FROM_6, {"contains": {"const": 1}}),
    ("contains between", FROM_2019, {"contains": {"type": "string"}, "minContains": 1, "maxContains": 1}),
    ("contains none", FROM_2019, {"contains": {"type": "string"}, "minContains": 0, "maxContains": 1}),
    ("properties", ALL, {"properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "required": ["a"]}),
    ("closed", ALL, {"properties": {"a": {}}, "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False}),
    ("rest", ALL, {"properties": {"a": {}}, "additionalProperties": {"type": "string"}}),
    ("pattern properties", ALL, {"patternProperties": {"o+": {"type": "integer"}, "^f.*r$": {"type": "string"}}}),
    ("property count", ALL, {"minProperties": 1, "maxProperties": 2}),
    ("property names", FROM_6, {"propertyNames": {"maxLength": 1}}),
    ("dependencies", TO_7, {"dependencies": {"card": ["billing"], "a": {"maxProperties": 1}}}),
    ("dependent", FROM_2019, {"dependentRequired": {"card": ["billing"]}, "dependentSchemas": {"a": {"maxProperties": 1}}}),
    ("all", ALL, {"allOf": [{"type": "integer"}, {"minimum": 2}]}),
    ("any", ALL, {"anyOf": [{"type": "string"}, {"minimum": 2}]}),
    ("one", ALL, {"oneOf": [{"type": "integer"}, {"minimum": 2}]}),
    ("not", ALL, {"not": {"type": ["string", "object", "array"]}}),
    ("if", FROM_7, {"if": {"type": "integer"}, "then": {"minimum": 2}, "else": {"type": "string"}}),
    ("if without else", FROM_7, {"if": {"required": ["a"]}, "then": {"required": ["b"]}}),
    ("true", FROM_6, {"items": True, "properties": {"a": True, "b": False}}),
    ("union", ALL, {"oneOf": [
        {"properties": {"kind": {"enum": ["circle"]}, "radius": {"type": "number"}}, "required": ["kind", "radius"]},
        {"properties": {"kind": {"enum": ["square"]}, "side": {"type": "number"}}, "required": ["kind", "side"]}]}),
    ("definitions", TO_7, {"$ref": "#/definitions/n", "definitions": {"n": {"type": "integer"}}}),
    ("$defs", FROM_2019, {"$ref": "#/$defs/n", "minimum": 2, "$defs": {"n": {"type": "integer"}}}),
    ("escaped reference", FROM_2019, {"$ref": "#/$defs/a~1b%25c~0d", "$defs": {"a/b%c~d": {"type": "string"}}}),
    ("recursive", ALL, {"properties": {"a": {"$ref": "#"}}, "additionalProperties": False}),
    ("list", TO_7, {"$ref": "#/definitions/list", "definitions": {"list": {"type": ["object", "null"],
        "properties": {"value": {"type": "integer"}, "next": {"$ref": "#/definitions/list"}}}}}),
    ("name by id", ONLY_4, {"items": {"$ref": "#n"}, "definitions": {"n": {"id": "#n", "type": "integer"}}}),
    ("name by $id", ALL[1:3], {"items": {"$ref": "#n"}, "definitions": {"n": {"$id": "#n", "type": "integer"}}}),
    ("anchor", FROM_2019, {"items": {"$ref": "#n"}, "$defs": {"n": {"$anchor": "n", "type": "integer"}}}),
    ("embedded", ALL[1:3], {"$id": "http://example.com/root.json", "items": {"$ref": "n.json"},
        "definitions": {"n": {"$id": "n.json", "type": "integer"}}}),
    ("bundle", FROM_2019, {"$id": "http://example.com/root.json", "items": {"$ref": "n.json"},
        "$defs": {"n": {"$id": "n.json", "$ref": "#/$defs/m", "$defs": {"m": {"type": "integer"}}}}}),
    ("own id", FROM_6, {"$id": "http://example.com/root.json", "properties": {"a": {"$ref": "root.json"}},
        "additionalProperties": False}),
    ("urn", FROM_2019, {"$id": "urn:example:root", "items": {"$ref": "urn:example:root#/$defs/n"},
        "$defs": {"n": {"type": "integer"}}}),
    ("unevaluated properties", FROM_2019, {"allOf": [{"properties": {"street": {}, "city": {}}}], "properties": {"type": {}},
        "unevaluatedProperties": False}),
    ("unevaluated by if", FROM_2019, {"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"properties": {"b": {}}},
        "unevaluatedProperties": False}),
    ("unevaluated schema", FROM_2019, {"properties": {"a": {}}, "unevaluatedProperties": {"type": "integer"}}),
    ("unevaluated items", ONLY_2020, {"prefixItems": [{"type": "integer"}], "unevaluatedItems": False}),
    ("unevaluated items of any", ONLY_2020, {"anyOf": [{"prefixItems": [{"const": 1}]}, {"prefixItems": [True, {"const": "a"}]}],
        "unevaluatedItems": False}),
    ("unevaluated after contains", ONLY_2020, {"contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}}),
    ("tree by recursiveRef", ONLY_2019, {"$id": "http://example.com/strict", "$recursiveAnchor": True, "$ref": "tree",
        "unevaluatedProperties": False, "$defs": {"tree": {"$id": "tree", "$recursiveAnchor": True, "type": "object",
        "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$recursiveRef": "#"}}}}}}),
    ("tree by dynamicRef", ONLY_2020, {"$id": "http://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree",
        "unevaluatedProperties": False, "$defs": {"tree": {"$id": "tree", "$dynamicAnchor": "node", "type": "object",
        "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$dynamicRef": "#node"}}}}}}),
    ("date", ALL[2:], {"format": "date"}),
    ("ipv4", ALL, {"format": "ipv4"}),
    ("uuid", FROM_2019, {"format": "uuid"}),
    ("annotations", FROM_7, {"title": "t", "description": "d", "default": 1, "examples": [1], "$comment": "c", "readOnly": True,
        "type": ["integer", "string"]}),
]

INVALID = [
    (ALL, {"type": "objct"}),
    (ALL, {"type": 3}),
    (ALL, {"minLength": -1}),
    (ALL, {"minLength": "1"}),
    (ALL, {"required": "a"}),
    (ONLY_4, {"required": []}),
    (ONLY_4, {"enum": []}),
    (ONLY_4, {"exclusiveMinimum": 1}),
    (FROM_6, {"exclusiveMinimum": True}),
    (ALL, {"multipleOf": 0}),
    (ALL, {"properties": {"a": {"minimum": "18"}}}),
    (ALL, {"properties": []}),
    (ALL, {"allOf": []}),
    (ALL, {"anyOf": {}}),
    (ALL, {"items": 3}),
    (ONLY_2020, {"items": [{}]}),
    (FROM_2019, {"dependentRequired": {"a": "b"}}),
    (FROM_2019, {"$defs": {"a": 1}}),
    (FROM_2019, {"$anchor": "1 2"}),
    (FROM_7, {"if": 1}),
    (ONLY_4, {"properties": {"a": True}}),
]


def main():
    cases, invalid = [], []
    for name, drafts, schema in CASES:
        for uri in drafts:
            whole = {"$schema": uri, **schema}
            kind = DRAFTS[uri]
            kind.check_schema(whole)
            checker = kind(whole, format_checker=FormatChecker(["date", "ipv4", "uuid"]))
            verdicts = "".join("1" if checker.is_valid(value) else "0" for value in VALUES)
            assert "0" in verdicts and "1" in verdicts, name
            cases.append({"name": name, "schema": whole, "accepts": verdicts})
    for drafts, schema in INVALID:
        for uri in drafts:
            whole = {"$schema": uri, **schema}
            try:
                DRAFTS[uri].check_schema(whole)
                raise AssertionError(f"{uri} finds {schema} valid")
            except SchemaError:
                invalid.append(whole)
    lines = [
        '{"values": [',
        ",\n".join(json.dumps(value, ensure_ascii=False) for value in VALUES),
        '],\n"cases": [',
        ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases),
        '],\n"invalid": [',
        ",\n".join(json.dumps(schema, ensure_ascii=False) for schema in invalid),
        "]}",
    ]
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(cases), "schemas,", len(cases) * len(VALUES), "verdicts,", len(invalid), "invalid schemas")


if __name__ == "__main__":
    main()
