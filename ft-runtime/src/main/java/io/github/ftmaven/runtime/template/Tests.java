package io.github.ftmaven.runtime.template;

import java.util.Map;
import java.util.Set;

/** The tests of {@code is}. */
final class Tests {
    private static final Set<String> NAMES = Set.of(
            "boolean",
            "callable",
            "defined",
            "divisibleby",
            "eq",
            "equalto",
            "escaped",
            "even",
            "false",
            "filter",
            "float",
            "ge",
            "greaterthan",
            "gt",
            "in",
            "integer",
            "iterable",
            "le",
            "lessthan",
            "lower",
            "lt",
            "mapping",
            "ne",
            "none",
            "number",
            "odd",
            "sameas",
            "sequence",
            "string",
            "test",
            "true",
            "undefined",
            "upper",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=");

    private Tests() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    /** The names of all tests. */
    static Set<String> names() {
        return NAMES;
    }

    static boolean holds(String test, Object value, Arguments arguments) {
        if (!has(test)) {
            throw new TemplateException("no test named '" + test + "'");
        }
        Signatures.checkTest(test, arguments);
        Budget.call(value, arguments);
        return switch (test) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == None.NONE;
            case "true" -> value.equals(true);
            case "false" -> value.equals(false);
            case "boolean" -> value instanceof Boolean;
            case "integer" -> Numbers.isWhole(value) && !(value instanceof Boolean);
            case "float" -> value instanceof Double;
            case "number" -> Numbers.is(value);
            case "string" -> value instanceof String || value instanceof Markup;
            case "mapping" -> value instanceof Map;
            case "sequence" ->
                Python.isIterable(value)
                        && !(value instanceof Generator)
                        && !(value instanceof View)
                        && !(value instanceof Loop);
            case "iterable" -> Python.isIterable(value);
            case "callable" -> value instanceof Callable || value instanceof Undefined;
            case "lower" -> StringMethods.is(Python.text(value), "islower");
            case "upper" -> StringMethods.is(Python.text(value), "isupper");
            case "odd" -> Comparisons.equal(Python.percent(value, 2L), 1L);
            case "even" -> Comparisons.equal(Python.percent(value, 2L), 0L);
            case "divisibleby" -> Comparisons.equal(Python.percent(value, arguments.get(0, "num")), 0L);
            case "eq", "equalto", "==" -> Comparisons.equal(value, arguments.get(0, "other"));
            case "ne", "!=" -> !Comparisons.equal(value, arguments.get(0, "other"));
            case "lt", "lessthan", "<" -> Comparisons.ordered("<", value, arguments.get(0, "other"));
            case "le", "<=" -> Comparisons.ordered("<=", value, arguments.get(0, "other"));
            case "gt", "greaterthan", ">" -> Comparisons.ordered(">", value, arguments.get(0, "other"));
            case "ge", ">=" -> Comparisons.ordered(">=", value, arguments.get(0, "other"));
            case "in" -> Comparisons.contains(arguments.get(0, "seq"), value);
            case "sameas" -> same(value, arguments.get(0, "other"));
            case "filter" -> Lookup.isHashableOrFail(value) && Filters.has(Python.text(value));
            case "test" -> Lookup.isHashableOrFail(value) && NAMES.contains(Python.text(value));
            case "escaped" -> value instanceof Markup;
            default -> throw new IllegalArgumentException(test);
        };
    }

    /** Each constant is a single object; for other values, Java's equality approximates Python's identity. */
    private static boolean same(Object a, Object b) {
        if (a == b) {
            return true;
        }
        boolean named = a instanceof String || a instanceof Boolean || (Numbers.isWhole(a) && a instanceof Long);
        return named && a.getClass() == b.getClass() && a.equals(b);
    }
}
