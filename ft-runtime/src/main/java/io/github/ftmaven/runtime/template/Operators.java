package io.github.ftmaven.runtime.template;

import java.util.List;

/** The operators of expressions, each of which pays its budget; {@link Text} has {@code ~}. */
final class Operators {
    /** Operators that return a value. */
    static final List<String> VALUES = List.of("+", "-", "*", "/", "//", "%", "**");

    /** Operators that return a truth value. */
    static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=", "in", "not in");

    private Operators() {}

    static Object apply(String operator, Object a, Object b) {
        Budget.step();
        return switch (operator) {
            case "+" -> Python.add(a, b);
            case "*" -> Python.multiply(a, b);
            case "%" -> Python.percent(a, b);
            default -> Python.arithmetic(operator, a, b);
        };
    }

    static boolean holds(String operator, Object left, Object right) {
        Budget.step();
        return switch (operator) {
            case "==" -> Comparisons.equal(left, right);
            case "!=" -> !Comparisons.equal(left, right);
            case "<", "<=", ">", ">=" -> Comparisons.ordered(operator, left, right);
            case "in" -> Comparisons.contains(right, left);
            case "not in" -> !Comparisons.contains(right, left);
            default -> throw new IllegalArgumentException(operator);
        };
    }
}
