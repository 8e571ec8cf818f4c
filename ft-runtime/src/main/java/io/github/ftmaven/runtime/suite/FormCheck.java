package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.suite.Form.Any;
import io.github.ftmaven.runtime.suite.Form.Decimal;
import io.github.ftmaven.runtime.suite.Form.Either;
import io.github.ftmaven.runtime.suite.Form.Items;
import io.github.ftmaven.runtime.suite.Form.Section;
import io.github.ftmaven.runtime.suite.Form.Switch;
import io.github.ftmaven.runtime.suite.Form.Text;
import io.github.ftmaven.runtime.suite.Form.Values;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds values of the wrong type, which promptfoo ignores: {@code threshold: '0.5'} is not a number, and an assertion
 * without its threshold passes.
 */
final class FormCheck {
    private static final String REF = "$ref";
    private static final int SHOWN = 40;

    private final @Nullable YamlTree tree;
    private final String fallback;
    private final Mistakes mistakes;

    /**
     * Prepares to check values in a file.
     *
     * @param tree knows the places in the file; null if only the place of the whole is known
     * @param fallback the place of the whole
     */
    FormCheck(@Nullable YamlTree tree, String fallback, Mistakes mistakes) {
        this.tree = tree;
        this.fallback = fallback;
        this.mistakes = mistakes;
    }

    /** Checks the keys of a mapping. */
    void section(JsonNode mapping, Section section) {
        section.keys().forEach((key, form) -> {
            if (mapping.has(key)) {
                value(mapping.get(key), form, key, place(mapping, key));
            }
        });
    }

    private void value(JsonNode value, Form form, String name, String place) {
        if (form instanceof Any || reference(value, place)) {
            return;
        }
        if (!form.allows(value)) {
            mistakes.error(place, name + " must be " + form.describe() + ", not " + shown(value) + hint(form, value));
            return;
        }
        if (form instanceof Either either) {
            Form meant = either.forms().stream()
                    .filter(each -> each.allows(value))
                    .findFirst()
                    .orElseThrow();
            value(value, meant, name, place);
        } else if (form instanceof Section section) {
            section.keys().forEach((key, inner) -> {
                if (value.has(key)) {
                    value(value.get(key), inner, name + "." + key, place(value, key));
                }
            });
        } else if (form instanceof Values values) {
            value.properties()
                    .forEach(each -> value(
                            each.getValue(), values.value(), name + "." + each.getKey(), place(value, each.getKey())));
        } else if (form instanceof Items items) {
            for (int i = 0; i < value.size(); i++) {
                value(value.get(i), items.item(), "an entry of " + name, place(value, i));
            }
        }
    }

    /** Whether a mapping is a dangling reference; if so, this is its only mistake. */
    boolean reference(JsonNode value, String place) {
        if (!value.path(REF).isTextual()) {
            return false;
        }
        String target = value.path(REF).textValue();
        mistakes.error(
                place,
                target.startsWith("#")
                        ? "$ref: '" + target + "' does not exist in this file."
                        : "$ref: '" + target + "' is in another file, but references work only within a file."
                                + " Move it here, under definitions.");
        return true;
    }

    private String place(JsonNode container, Object key) {
        return tree == null ? fallback : tree.place(container, key, fallback);
    }

    /** A value as messages show it. */
    static String shown(JsonNode value) {
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list";
        } else if (value.isObject()) {
            return "a mapping";
        } else if (value.isNull()) {
            return "nothing";
        }
        String text = value.asText();
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return value.isTextual() ? "the text '" + start + "'" : start;
    }

    private static String hint(Form form, JsonNode value) {
        List<Form> forms = form instanceof Either either ? either.forms() : List.of(form);
        Predicate<Class<? extends Form>> takes = kind -> forms.stream().anyMatch(kind::isInstance);
        if (value.isNull()) {
            return ". Write a value, or remove the key.";
        } else if (value.isTextual() && isUnquoted(forms, value.textValue())) {
            return ". Remove the quotes.";
        } else if (value.isValueNode() && takes.test(Text.class)) {
            return ". Put it in quotes.";
        } else if (value.isObject() && takes.test(Items.class)) {
            return ". Did you forget a dash before it?";
        }
        return ".";
    }

    private static boolean isUnquoted(List<Form> forms, String text) {
        boolean number = CsvTests.NUMBER.matcher(text.strip()).matches();
        boolean word = text.strip().equals("true") || text.strip().equals("false");
        return forms.stream().anyMatch(form -> (form instanceof Decimal && number) || (form instanceof Switch && word));
    }
}
