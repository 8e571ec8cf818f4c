package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of another program's configuration. It remembers which of its keys were read, so that the others can be
 * listed. A key whose value is null, or an empty text, list or mapping, counts as not set.
 *
 * <p>These programs read YAML 1.1, where {@code yes} is true and {@code 2e-5} is a text, which they then take for a
 * number.
 */
final class ForeignConfig {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?[0-9][0-9_]{0,17}(\\.[0-9]{0,18})?([eE][-+]?[0-9]{1,3})?");

    private final YamlTree tree;
    private final JsonNode object;
    private final String prefix;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, ForeignConfig> children = new LinkedHashMap<>();

    ForeignConfig(YamlTree tree, JsonNode object, String prefix) {
        this.tree = tree;
        this.object = object;
        this.prefix = prefix;
    }

    /** Whether a key is set. */
    boolean has(String key) {
        return !isEmpty(object.path(key));
    }

    /** The value of a key, which counts as read; a missing node if it is not set. */
    JsonNode take(String key) {
        taken.add(key);
        return has(key) ? object.path(key) : object.path("");
    }

    /** The value of a key, which does not count as read by this. */
    JsonNode peek(String key) {
        return has(key) ? object.path(key) : object.path("");
    }

    /** A text or a number as text; null if the key is not set. A list or a mapping stays unread. */
    @Nullable
    String text(String key) {
        JsonNode value = peek(key);
        if (!value.isValueNode()) {
            return null;
        }
        taken.add(key);
        return value.asText();
    }

    /** A number, also one that YAML 1.2 takes for text; null if the key is not set. Anything else stays unread. */
    @Nullable
    Double number(String key) {
        JsonNode value = peek(key);
        if (!value.isNumber()
                && !(value.isTextual() && NUMBER.matcher(value.asText()).matches())) {
            return null;
        }
        taken.add(key);
        return Double.valueOf(value.asText().replace("_", ""));
    }

    /** The value of a switch; null if it is not set. Anything else stays unread. */
    @Nullable
    Boolean flag(String key) {
        Boolean flag = switch (peek(key).asText().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> null;
        };
        if (flag != null) {
            taken.add(key);
        }
        return flag;
    }

    /** Whether a switch is on. */
    boolean isOn(String key) {
        return Boolean.TRUE.equals(flag(key));
    }

    /** A mapping below this one; empty if the key is not set to a mapping. */
    ForeignConfig child(String key) {
        return children.computeIfAbsent(key, name -> {
            if (object.path(name).isObject()) {
                taken.add(name);
            }
            return new ForeignConfig(tree, object.path(name), prefix + name + ".");
        });
    }

    /** An entry of a list, as a mapping; its keys are listed under this name. */
    ForeignConfig entry(String name, JsonNode mapping) {
        return children.computeIfAbsent(name, key -> new ForeignConfig(tree, mapping, prefix + name + "."));
    }

    /**
     * The mappings of a list, or one that stands in its place; empty if the key is not set. A name counts as the mapping
     * whose path it is. The key counts as read.
     */
    List<JsonNode> mappings(String key) {
        JsonNode value = take(key);
        List<JsonNode> mappings = new ArrayList<>();
        (value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value)).forEach(each -> {
            if (each.isObject()) {
                mappings.add(each);
            } else if (!isEmpty(each)) {
                String name = each.isValueNode() ? each.asText() : each.toString();
                mappings.add(JsonNodeFactory.instance.objectNode().put("path", name));
            }
        });
        return mappings;
    }

    /** The whole mapping. */
    JsonNode json() {
        return object;
    }

    /** Calls back for each key that is set and was not read, in the order of the file. */
    void unread(BiConsumer<String, JsonNode> reader) {
        object.properties().forEach(entry -> {
            if (!taken.contains(entry.getKey()) && !isEmpty(entry.getValue())) {
                reader.accept(prefix + entry.getKey(), entry.getValue());
            }
        });
        children.values().forEach(child -> child.unread(reader));
    }

    /** The names of keys that are not set, in the order of the file. */
    List<String> empty() {
        List<String> names = new ArrayList<>();
        object.properties().forEach(entry -> {
            if (isEmpty(entry.getValue())) {
                names.add(prefix + entry.getKey());
            }
        });
        children.values().forEach(child -> names.addAll(child.empty()));
        return names;
    }

    /** A mistake at a key. */
    InvalidInputException problem(String key, String text) {
        return new InvalidInputException(tree.place(object, key) + ": " + text);
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank())
                || (value.isContainerNode() && value.isEmpty());
    }
}
