package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The formula of a derived metric: numbers, names of metrics, {@code + - * / % ^}, parentheses, {@code min max sqrt abs
 * round floor ceil log exp}. {@code __count} is the number of tests.
 */
final class Formula {
    private final String text;
    private final Map<String, Double> values;
    private final boolean check;
    private int position;

    private Formula(String text, Map<String, Double> values, boolean check) {
        this.text = text;
        this.values = values;
        this.check = check;
    }

    /**
     * Checks a formula.
     *
     * @throws InvalidInputException if it is not one
     */
    static void parse(String text) {
        new Formula(text, Map.of(), true).whole();
    }

    /** Its value; NaN where a name is not known. */
    static double evaluate(String text, Map<String, Double> values) {
        return new Formula(text, values, false).whole();
    }

    private double whole() {
        double value = sum();
        skip();
        if (position < text.length()) {
            throw wrong("'" + text.charAt(position) + "' is not expected");
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (take('+')) {
                value += product();
            } else if (take('-')) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = signed();
        while (true) {
            if (take('*')) {
                value *= signed();
            } else if (take('/')) {
                value /= signed();
            } else if (take('%')) {
                value %= signed();
            } else {
                return value;
            }
        }
    }

    private double signed() {
        if (take('-')) {
            return -signed();
        }
        return take('+') ? signed() : power();
    }

    private double power() {
        double base = atom();
        return take('^') ? Math.pow(base, signed()) : base;
    }

    private double atom() {
        if (take('(')) {
            double value = sum();
            expect(')');
            return value;
        }
        int start = position;
        while (position < text.length() && isPart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        if (word.isEmpty()) {
            throw wrong("a number or a name is missing");
        }
        if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
            return number(word);
        }
        if (take('(')) {
            List<Double> arguments = new ArrayList<>();
            do {
                arguments.add(sum());
            } while (take(','));
            expect(')');
            return call(word, arguments);
        }
        return check ? 1 : values.getOrDefault(word, Double.NaN);
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    private double number(String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw wrong("'" + word + "' is not a number");
        }
    }

    private double call(String name, List<Double> arguments) {
        double first = arguments.get(0);
        return switch (name) {
            case "min" -> arguments.stream().mapToDouble(x -> x).min().orElseThrow();
            case "max" -> arguments.stream().mapToDouble(x -> x).max().orElseThrow();
            case "sqrt" -> Math.sqrt(first);
            case "abs" -> Math.abs(first);
            case "round" -> Math.floor(first + 0.5);
            case "floor" -> Math.floor(first);
            case "ceil" -> Math.ceil(first);
            case "log" -> Math.log(first);
            case "exp" -> Math.exp(first);
            default -> throw wrong("the function " + name + " is not known");
        };
    }

    private boolean take(char c) {
        skip();
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            skip();
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private void skip() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private InvalidInputException wrong(String problem) {
        return new InvalidInputException("the formula \"" + text + "\" cannot be computed: " + problem + ".");
    }
}
