package io.github.ftmaven.runtime.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What Python does with values: truth, text, comparison, arithmetic. Integers are of 64 bits. */
final class Python {
    private static final int LONGEST = 1 << 24; // of texts and lists made by multiplication

    private Python() {}

    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Tuple tuple) {
            return !tuple.items().isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value != None.NONE && !(value instanceof Undefined);
    }

    /** The name of a value's type. */
    static String type(Object value) {
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Long) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof String) {
            return "str";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof Tuple) {
            return "tuple";
        }
        if (value instanceof Map) {
            return "dict";
        }
        if (value instanceof Generator) {
            return "generator";
        }
        if (value instanceof Callable) {
            return "function";
        }
        return value == None.NONE ? "NoneType" : value.getClass().getSimpleName();
    }

    /** What {@code str()} gives. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof Undefined ? "" : repr(value);
    }

    static String repr(Object value) {
        StringBuilder text = new StringBuilder();
        repr(value, text, 0);
        return text.toString();
    }

    private static void repr(Object value, StringBuilder text, int depth) {
        if (depth > 200) {
            throw new TemplateException("values are nested too deeply");
        }
        if (value instanceof Boolean flag) {
            text.append(flag ? "True" : "False");
        } else if (value instanceof Double number) {
            text.append(number(number));
        } else if (value instanceof String string) {
            quote(string, text);
        } else if (value instanceof List<?> list) {
            text.append('[');
            items(list, text, depth);
            text.append(']');
        } else if (value instanceof Tuple tuple) {
            text.append('(');
            items(tuple.items(), text, depth);
            text.append(tuple.items().size() == 1 ? ",)" : ")");
        } else if (value instanceof Map<?, ?> map) {
            text.append('{');
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<?, ?> entry = entries.next();
                repr(entry.getKey(), text, depth + 1);
                text.append(": ");
                repr(entry.getValue(), text, depth + 1);
                text.append(entries.hasNext() ? ", " : "");
            }
            text.append('}');
        } else if (value instanceof Undefined) {
            text.append("Undefined");
        } else if (value instanceof Long || value instanceof None) {
            text.append(value);
        } else {
            text.append('<').append(type(value)).append(" object>");
        }
    }

    private static void items(List<?> items, StringBuilder text, int depth) {
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            repr(items.get(i), text, depth + 1);
        }
    }

    private static void quote(String string, StringBuilder text) {
        char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        text.append(quote);
        string.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c == '\t') {
                text.append("\\t");
            } else if (c == '\r') {
                text.append("\\r");
            } else if (c < 32 || (c >= 127 && c < 161) || c == 173) {
                text.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        text.append(quote);
    }

    /** The shortest decimal that reads back as the same number, as Python writes it. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        String shortest = "";
        for (int digits = 0; digits < 17; digits++) {
            shortest = String.format(Locale.ROOT, "%." + digits + "e", value);
            if (Double.parseDouble(shortest) == value) {
                break;
            }
        }
        int exponent = Integer.parseInt(shortest.substring(shortest.indexOf('e') + 1));
        if (exponent < -4 || exponent >= 16) {
            String sign = exponent < 0 ? "-" : "+";
            return shortest.substring(0, shortest.indexOf('e')) + "e" + sign
                    + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
        }
        String plain = new BigDecimal(shortest).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** The value as a number; true is 1. */
    private static Number asNumber(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        return (Number) value;
    }

    /** A whole number, as an index or a count must be. */
    static long integer(Object value) {
        if (value instanceof Long || value instanceof Boolean) {
            return asNumber(value).longValue();
        }
        throw new TemplateException("'" + type(value) + "' object cannot be interpreted as an integer");
    }

    static double real(Object value) {
        if (isNumber(value)) {
            return asNumber(value).doubleValue();
        }
        throw new TemplateException("must be a number, not " + type(value));
    }

    /** The items that a loop over a value goes through. */
    static List<Object> items(Object value) {
        if (value instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        if (value instanceof Tuple tuple) {
            return tuple.items();
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String text) {
            List<Object> characters = new ArrayList<>();
            text.codePoints().forEach(c -> characters.add(Character.toString(c)));
            return characters;
        }
        if (value instanceof Generator generator) {
            List<Object> items = new ArrayList<>();
            generator.forEach(items::add);
            return items;
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new TemplateException("'" + type(value) + "' object is not iterable");
    }

    static long length(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Tuple tuple) {
            return tuple.items().size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        throw new TemplateException("object of type '" + type(value) + "' has no len()");
    }

    static boolean equal(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b) == 0;
        }
        if (a instanceof List<?> one && b instanceof List<?> two) {
            return equalItems(one, two);
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            return equalItems(one.items(), two.items());
        }
        if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> two) {
            return one.size() == two.size()
                    && one.entrySet().stream()
                            .allMatch(entry -> two.containsKey(entry.getKey())
                                    && equal(entry.getValue(), two.get(entry.getKey())));
        }
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        return a.equals(b);
    }

    private static boolean equalItems(List<?> one, List<?> two) {
        if (one.size() != two.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!equal(one.get(i), two.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static int compareNumbers(Object a, Object b) {
        if (a instanceof Double || b instanceof Double) {
            double one = real(a);
            double two = real(b);
            return one == two ? 0 : Double.compare(one, two);
        }
        return Long.compare(integer(a), integer(b));
    }

    static int compare(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b);
        }
        if (a instanceof String one && b instanceof String two) {
            return compareTexts(one, two);
        }
        if (a instanceof List<?> one && b instanceof List<?> two) {
            return compareItems(one, two);
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            return compareItems(one.items(), two.items());
        }
        refuseUndefined(a, b);
        throw new TemplateException("'" + type(a) + "' and '" + type(b) + "' cannot be ordered");
    }

    /** By code points, which is not the order of UTF-16. */
    private static int compareTexts(String one, String two) {
        int[] a = one.codePoints().toArray();
        int[] b = two.codePoints().toArray();
        return Arrays.compare(a, b);
    }

    private static int compareItems(List<?> one, List<?> two) {
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            if (!equal(one.get(i), two.get(i))) {
                return compare(one.get(i), two.get(i));
            }
        }
        return Integer.compare(one.size(), two.size());
    }

    static boolean contains(Object container, Object item) {
        if (container instanceof String text) {
            if (item instanceof String part) {
                return text.contains(part);
            }
            refuseUndefined(item, item);
            throw new TemplateException("'in <string>' requires string as left operand, not " + type(item));
        }
        if (container instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(key -> equal(key, item));
        }
        return items(container).stream().anyMatch(one -> equal(one, item));
    }

    static Object add(Object a, Object b) {
        if (a instanceof String one && b instanceof String two) {
            return bounded(one.length() + (long) two.length(), one + two);
        }
        if (a instanceof List<?> one && b instanceof List<?> two) {
            List<Object> sum = new ArrayList<>(one);
            sum.addAll(two);
            return bounded(sum.size(), sum);
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            List<Object> sum = new ArrayList<>(one.items());
            sum.addAll(two.items());
            return new Tuple(sum);
        }
        return arithmetic("+", a, b);
    }

    static Object multiply(Object a, Object b) {
        if (b instanceof String || b instanceof List) {
            return a instanceof String || a instanceof List ? arithmetic("*", a, b) : multiply(b, a);
        }
        if (a instanceof String text) {
            int times = (int) Math.min(Integer.MAX_VALUE, Math.max(0, integer(b)));
            bounded((long) text.length() * times, text);
            return text.repeat(times);
        }
        if (a instanceof List<?> list) {
            int times = (int) Math.min(Integer.MAX_VALUE, Math.max(0, integer(b)));
            bounded((long) list.size() * times, list);
            List<Object> product = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                product.addAll(list);
            }
            return product;
        }
        return arithmetic("*", a, b);
    }

    private static Object bounded(long size, Object value) {
        if (size > LONGEST) {
            throw new TemplateException("a value becomes too large");
        }
        return value;
    }

    /** One of + - * / // % ** on numbers. */
    static Object arithmetic(String operator, Object a, Object b) {
        refuseUndefined(a, b);
        if (!isNumber(a) || !isNumber(b)) {
            throw new TemplateException(
                    "unsupported operand types for " + operator + ": '" + type(a) + "' and '" + type(b) + "'");
        }
        try {
            boolean whole = !(a instanceof Double) && !(b instanceof Double);
            return whole && !operator.equals("/")
                    ? integers(operator, integer(a), integer(b))
                    : (Object) reals(operator, real(a), real(b));
        } catch (ArithmeticException e) {
            throw new TemplateException("an integer becomes too large");
        }
    }

    private static Object integers(String operator, long a, long b) {
        if (b == 0 && (operator.equals("//") || operator.equals("%"))) {
            throw new TemplateException("integer division or modulo by zero");
        }
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            default -> {
                if (b < 0) {
                    yield Math.pow((double) a, (double) b);
                }
                yield BigInteger.valueOf(a).pow((int) Math.min(b, 1000)).longValueExact();
            }
        };
    }

    private static Double reals(String operator, double a, double b) {
        if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new TemplateException("division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            default -> Math.pow(a, b);
        };
    }

    private static void refuseUndefined(Object a, Object b) {
        if (a instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.error();
        }
    }
}
