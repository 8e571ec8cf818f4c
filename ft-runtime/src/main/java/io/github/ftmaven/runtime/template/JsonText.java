package io.github.ftmaven.runtime.template;

import java.util.List;
import java.util.Map;

/** Python's {@code json.dumps} with transformers' defaults: non-ASCII characters are not escaped. */
final class JsonText {
    private final boolean ascii;
    private final boolean multiline;
    private final String indent; // of one level; empty for a single line
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sorted;
    private final Text text = new Text();

    private JsonText(Arguments arguments) {
        ascii = arguments.flag(0, "ensure_ascii", false);
        Object wanted = arguments.get(1, "indent", None.NONE);
        boolean single = wanted == None.NONE;
        multiline = !single;
        indent = single ? "" : wanted instanceof String level ? level : Text.repeated(" ", Python.integer(wanted));
        Object separators = arguments.get(2, "separators", None.NONE);
        boolean given = separators != None.NONE;
        itemSeparator = given ? Python.text(Lookup.item(separators, 0L)) : single ? ", " : ",";
        keySeparator = given ? Python.text(Lookup.item(separators, 1L)) : ": ";
        sorted = arguments.flag(3, "sort_keys", false);
    }

    static String of(Object value, Arguments arguments) {
        JsonText json = new JsonText(arguments);
        json.value(value, 0);
        return json.text.toString();
    }

    private void value(Object value, int depth) {
        if (depth > Budget.DEEPEST) {
            throw new TemplateException("values are nested too deeply");
        }
        Budget.step();
        if (value == None.NONE) {
            text.append("null");
        } else if (Numbers.isWhole(value)) {
            text.append(whole(value));
        } else if (value instanceof Double number) {
            text.append(number(number));
        } else if (Markup.plain(value) instanceof String string) {
            string(string);
        } else if ((value instanceof List<?> && !(value instanceof PythonRange)) || value instanceof Tuple) {
            array(Python.items(value), depth);
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else {
            throw new TemplateException("Object of type " + Python.type(value) + " is not JSON serializable");
        }
    }

    private static String whole(Object value) {
        return value instanceof Boolean flag ? (flag ? "true" : "false") : Numbers.digits(Numbers.whole(value));
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return Double.isInfinite(number) ? number > 0 ? "Infinity" : "-Infinity" : Numbers.text(number);
    }

    private void array(List<Object> items, int depth) {
        text.append('[');
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : itemSeparator);
            newline(depth + 1);
            value(items.get(i), depth + 1);
        }
        if (!items.isEmpty()) {
            newline(depth);
        }
        text.append(']');
    }

    private void object(Map<?, ?> map, int depth) {
        text.append('{');
        List<Map.Entry<?, ?>> entries = Sequences.sorted(map, sorted);
        for (int i = 0; i < entries.size(); i++) {
            text.append(i == 0 ? "" : itemSeparator);
            newline(depth + 1);
            string(key(entries.get(i).getKey()));
            text.append(keySeparator);
            value(entries.get(i).getValue(), depth + 1);
        }
        if (!entries.isEmpty()) {
            newline(depth);
        }
        text.append('}');
    }

    private static String key(Object key) {
        if (key instanceof String string) {
            return string;
        }
        if (key instanceof Double number) {
            return number(number);
        }
        if (key != None.NONE && !Numbers.isWhole(key)) {
            throw new TemplateException("keys must be str, int, float, bool or None, not " + Python.type(key));
        }
        return key == None.NONE ? "null" : whole(key);
    }

    private void newline(int depth) {
        if (multiline) {
            text.append('\n').repeat(indent, depth);
        }
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < 32 || (ascii && c > 126)) {
                        text.append(Escapes.utf16(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
