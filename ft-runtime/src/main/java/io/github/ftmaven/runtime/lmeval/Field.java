package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.template.Template;
import io.github.ftmaven.runtime.template.TemplateException;
import io.github.ftmaven.runtime.template.Values;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code doc_to_*} of a task: a column's name, a template, or a value. A template is rendered to text, which becomes
 * a value where lm-eval evaluates it as a Python literal.
 */
final class Field {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final String place;
    private final String key;
    private final @Nullable String source;
    private final @Nullable Template template;
    private final Function<Map<Object, Object>, Object> value;

    private Field(
            String place,
            String key,
            @Nullable String source,
            @Nullable Template template,
            Function<Map<Object, Object>, Object> value) {
        this.place = place;
        this.key = key;
        this.source = source;
        this.template = template;
        this.value = value;
    }

    /** A field that a function computes from a row. */
    static Field of(String place, String key, Function<Map<Object, Object>, Object> function) {
        return new Field(place, key, null, null, function);
    }

    /**
     * Reads a field.
     *
     * @param place its place, for messages
     * @throws InvalidInputException if its template is not valid
     */
    static Field of(String place, String key, JsonNode json) {
        if (!json.isTextual()) {
            Object value = Values.of(json);
            return new Field(place, key, null, null, row -> value);
        }
        try {
            return new Field(place, key, json.textValue(), Template.strict(json.textValue()), row -> "");
        } catch (TemplateException e) {
            throw new InvalidInputException(place + ": " + key + ": " + e.getMessage(), e);
        }
    }

    /** A question: text or a whole number. */
    Object text(Document document, boolean choices) {
        Object found = found(document);
        if (found instanceof String text && isTemplate(document) && choices && isNumber(text)) {
            return number(document, text);
        }
        return whole(found);
    }

    /** An answer: text, an integer, a list, or any other value of the column. */
    Object target(Document document, boolean choices) {
        Object found = found(document);
        if (found instanceof String text && isTemplate(document)) {
            if (choices && isNumber(text)) {
                return number(document, text);
            }
            if (text.length() >= 2 && text.startsWith("[") && text.endsWith("]")) {
                return PythonLiteral.parse(text).orElse(text);
            }
        }
        return whole(found);
    }

    /** The choices. */
    List<String> choices(Document document) {
        Object found = found(document);
        if (found instanceof String text) {
            if (!isTemplate(document)) {
                throw wrong(document, "is the text '" + text + "', but must be a list of texts");
            }
            found = PythonLiteral.parse(text)
                    .orElseThrow(() -> wrong(document, "returns " + text + ", which is not a Python list"));
        }
        if (found instanceof Map<?, ?> map && !isTemplate(document) && source == null) {
            found = List.copyOf(map.values());
        }
        if (!(found instanceof List<?> items) || items.isEmpty()) {
            throw wrong(document, "returns " + Values.text(found) + ", but must return a list of texts");
        }
        List<String> choices = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof String choice)) {
                throw wrong(document, "has the choice " + Values.text(item) + ", which is not text");
            }
            choices.add(choice);
        }
        return choices;
    }

    /** A document's text from the template or column. Templates see all columns of the document itself. */
    String string(Document document) {
        Object own = source == null ? null : document.values().get(source);
        Object found = own == null ? found(document) : own;
        if (!(found instanceof String text)) {
            throw wrong(document, "is " + Values.text(found) + ", but must be text");
        }
        return text;
    }

    /** A message about this field and a document. */
    InvalidInputException wrong(Document document, String problem) {
        return new InvalidInputException(place + ": " + key + " " + problem + " (" + document.source() + ").");
    }

    private boolean isTemplate(Document document) {
        return source != null && !document.columns().contains(source);
    }

    private Long number(Document document, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(document, "is " + text + ", which is not the number of a choice");
        }
    }

    private boolean isNumber(String text) {
        return DIGITS.matcher(text).matches() && (text.equals("0") || !text.startsWith("0"));
    }

    private Object found(Document document) {
        if (template == null || source == null) {
            try {
                return value.apply(document.values());
            } catch (IllegalArgumentException e) {
                throw wrong(document, "cannot be computed: " + e.getMessage());
            }
        }
        Object column = document.columns().contains(source) ? document.values().get(source) : null;
        return column != null ? column : render(template, document);
    }

    private String render(Template rendered, Document document) {
        Map<String, Object> variables = new LinkedHashMap<>();
        document.values().forEach((name, each) -> variables.put(String.valueOf(name), each));
        try {
            return rendered.render(variables, Clock.systemUTC()).text();
        } catch (TemplateException e) {
            throw new InvalidInputException(
                    place + ": " + key + ": " + e.getMessage() + " (" + document.source() + ").", e);
        }
    }

    /** Booleans count as integers in Python. */
    private static Object whole(Object found) {
        return found instanceof Boolean flag ? (Object) (flag ? 1L : 0L) : found;
    }
}
