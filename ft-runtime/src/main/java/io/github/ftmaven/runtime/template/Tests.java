package io.github.ftmaven.runtime.template;

import java.util.List;
import java.util.Map;

/** What {@code is} asks. */
final class Tests {
    private Tests() {}

    static boolean holds(String test, Object value, Arguments arguments) {
        return switch (test) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == None.NONE;
            case "true" -> value.equals(true);
            case "false" -> value.equals(false);
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "number" -> Python.isNumber(value);
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "sequence" ->
                value instanceof List
                        || value instanceof Tuple
                        || value instanceof String
                        || value instanceof Map
                        || value instanceof Undefined;
            case "iterable" ->
                value instanceof List
                        || value instanceof Tuple
                        || value instanceof String
                        || value instanceof Map
                        || value instanceof Generator
                        || value instanceof Undefined;
            case "callable" -> value instanceof Callable;
            case "lower" -> StringMethods.is(Python.text(value), "islower");
            case "upper" -> StringMethods.is(Python.text(value), "isupper");
            case "odd" -> Math.floorMod(Python.integer(value), 2) == 1;
            case "even" -> Math.floorMod(Python.integer(value), 2) == 0;
            case "divisibleby" -> Math.floorMod(Python.integer(value), Python.integer(arguments.get(0, "num"))) == 0;
            case "eq", "equalto" -> Python.equal(value, arguments.get(0, "other"));
            case "ne" -> !Python.equal(value, arguments.get(0, "other"));
            case "lt", "lessthan" -> Python.compare(value, arguments.get(0, "other")) < 0;
            case "le" -> Python.compare(value, arguments.get(0, "other")) <= 0;
            case "gt", "greaterthan" -> Python.compare(value, arguments.get(0, "other")) > 0;
            case "ge" -> Python.compare(value, arguments.get(0, "other")) >= 0;
            case "in" -> Python.contains(arguments.get(0, "seq"), value);
            case "sameas" -> same(value, arguments.get(0, "other"));
            case "filter" -> Filters.has(Python.text(value));
            case "escaped" -> false;
            default -> throw new TemplateException("no test named '" + test + "'");
        };
    }

    /** Constants are one object each; of other values Java's equality decides where Python's would be the same object. */
    private static boolean same(Object a, Object b) {
        return a.getClass() == b.getClass() && a.equals(b);
    }
}
