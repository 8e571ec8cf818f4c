package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.ftmaven.runtime.template.None;
import io.github.ftmaven.runtime.template.Values;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** {@code json.dumps(value, ensure_ascii=False)}. */
final class TemplateJson {
    private final boolean indented;
    private final StringBuilder out = new StringBuilder();

    private TemplateJson(boolean indented) {
        this.indented = indented;
    }

    /**
     * The JSON of a template value.
     *
     * @param indented whether to use {@code indent=2}; otherwise on one line
     */
    static String of(Object value, boolean indented) {
        TemplateJson json = new TemplateJson(indented);
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            out.append('{');
            while (entries.hasNext()) {
                Map.Entry<?, ?> entry = entries.next();
                line(depth + 1);
                quote(String.valueOf(entry.getKey()));
                out.append(": ");
                write(entry.getValue(), depth + 1);
                comma(entries.hasNext());
            }
            close(!map.isEmpty(), depth, '}');
        } else if (value instanceof List<?> list) {
            Iterator<?> items = list.iterator();
            out.append('[');
            while (items.hasNext()) {
                line(depth + 1);
                write(items.next(), depth + 1);
                comma(items.hasNext());
            }
            close(!list.isEmpty(), depth, ']');
        } else if (value instanceof String text) {
            quote(text);
        } else if (value instanceof Boolean || value == None.NONE) {
            out.append(value == None.NONE ? "null" : value.toString());
        } else {
            out.append(Values.text(value));
        }
    }

    private void comma(boolean more) {
        out.append(more ? indented ? "," : ", " : "");
    }

    private void line(int depth) {
        if (indented) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void close(boolean any, int depth, char end) {
        if (any) {
            line(depth);
        }
        out.append(end);
    }

    private void quote(String text) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        out.append('"').append(lowerCaseEscapes(quoted)).append('"');
    }

    /** Python writes escapes of control characters with lower-case digits. */
    private static String lowerCaseEscapes(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int at = text.indexOf("\\u00"); at >= 0; at = text.indexOf("\\u00", at + 1)) {
            int backslashes = 0;
            while (at - backslashes > 0 && text.charAt(at - backslashes - 1) == '\\') {
                backslashes++;
            }
            if (backslashes % 2 == 0) {
                lower.setCharAt(at + 5, Character.toLowerCase(text.charAt(at + 5)));
            }
        }
        return lower.toString();
    }
}
