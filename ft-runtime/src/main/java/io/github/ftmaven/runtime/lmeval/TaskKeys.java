package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one task or group with its includes, each with its place; and the mistakes in them. */
final class TaskKeys {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path file;
    private final List<YamlTree> trees;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, Path> origins = new LinkedHashMap<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> mistakes;

    private TaskKeys(Path file, List<YamlTree> trees, List<String> mistakes) {
        this.file = file;
        this.trees = trees;
        this.mistakes = mistakes;
    }

    /** A file, still without keys. */
    static TaskKeys of(Path file, YamlTree tree, List<String> mistakes) {
        TaskKeys declaration = new TaskKeys(file, new ArrayList<>(List.of(tree)), mistakes);
        declaration.files.add(file);
        return declaration;
    }

    /** The Python function that a value refers to; null if it is not one. */
    static @Nullable PythonFunction function(JsonNode value) {
        return value instanceof POJONode pojo && pojo.getPojo() instanceof PythonFunction function ? function : null;
    }

    /** Adds a mistake for every function within a key's value. */
    void refuseFunctions(String key, JsonNode value, String advice) {
        PythonFunction function = function(value);
        if (function != null) {
            mistake(function.place(), key + ": " + function + " is Python, which is not supported. " + advice);
        }
        value.forEach(each -> refuseFunctions(key, each, advice));
    }

    /** An entry of a group's list that itself declares a task or group. */
    TaskKeys within(ObjectNode own) {
        TaskKeys declaration = new TaskKeys(file, trees, mistakes);
        declaration.files.addAll(files);
        declaration.add(own);
        return declaration;
    }

    /** A copy with another's keys overriding its own. */
    TaskKeys with(TaskKeys over) {
        TaskKeys declaration = new TaskKeys(file, new ArrayList<>(trees), mistakes);
        declaration.trees.addAll(over.trees);
        declaration.files.addAll(files);
        declaration.values.putAll(values);
        declaration.places.putAll(places);
        declaration.values.putAll(over.values);
        declaration.places.putAll(over.places);
        declaration.origins.putAll(origins);
        declaration.origins.putAll(over.origins);
        return declaration;
    }

    /** A copy with only some of the keys. */
    TaskKeys without(Collection<String> keys) {
        TaskKeys declaration = with(new TaskKeys(file, List.of(), mistakes));
        keys.forEach(declaration::remove);
        return declaration;
    }

    /** Adds the keys of an included file, which override existing ones. */
    void include(TaskKeys included) {
        values.putAll(included.values);
        places.putAll(included.places);
        origins.putAll(included.origins);
        trees.addAll(included.trees);
        files.addAll(included.files);
    }

    /** Adds the keys of the file itself, which override existing ones. */
    void add(ObjectNode own) {
        own.properties().forEach(entry -> {
            values.put(entry.getKey(), entry.getValue());
            places.put(entry.getKey(), place(own, entry.getKey()));
            origins.put(entry.getKey(), file);
        });
    }

    void remove(String key) {
        values.remove(key);
        places.remove(key);
        origins.remove(key);
    }

    Path file() {
        return file;
    }

    /** The file that contains a key. */
    Path origin(String key) {
        return origins.getOrDefault(key, file);
    }

    /** Replaces the value of a key. */
    void put(String key, String value) {
        values.put(key, JSON.textNode(value));
    }

    Set<Path> files() {
        return files;
    }

    Set<String> keys() {
        return values.keySet();
    }

    ObjectNode json() {
        ObjectNode json = JSON.objectNode();
        values.forEach((key, value) -> json.set(key, written(value)));
        return json;
    }

    /** A value with its functions as written. */
    private static JsonNode written(JsonNode value) {
        PythonFunction function = function(value);
        if (function != null) {
            return JSON.textNode(function.toString());
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(entry -> copy.set(entry.getKey(), written(entry.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode copy = JSON.arrayNode();
            list.forEach(each -> copy.add(written(each)));
            return copy;
        }
        return value;
    }

    /** The value of a key; missing if it is absent or null. */
    JsonNode get(String key) {
        JsonNode value = values.getOrDefault(key, MissingNode.getInstance());
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String key) {
        return !get(key).isMissingNode();
    }

    /** The place of a key; for an absent key, the place of the task's name. */
    String place(String key) {
        for (String each : List.of(key, "task", "group")) {
            String place = places.get(each);
            if (place != null) {
                return place;
            }
        }
        return trees.get(0).file() + ":1:1";
    }

    /** The place of a key in a nested object. */
    String place(JsonNode container, Object key) {
        return trees.stream()
                .map(tree -> tree.place(container, key))
                .filter(place -> trees.stream().noneMatch(tree -> tree.file().equals(place)))
                .findFirst()
                .orElseGet(() -> place("task"));
    }

    void mistake(String place, String text) {
        mistakes.add(named(place) + ": " + text);
    }

    /** A place for messages, with the task's name, because several tasks may share a file or a template. */
    String named(String place) {
        JsonNode task = get("task");
        JsonNode group = get("group");
        return group.isTextual()
                ? place + ": group " + group.textValue()
                : task.isTextual()
                        ? place + ": task " + task.textValue()
                        : place + (has("group") || task.isArray() ? ": group " : ": task ") + "without a name";
    }

    /** Adds a mistake for each unknown key. */
    void checkKeys(Set<String> known) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                mistake(place(key), "unknown key '" + key + "'." + Suggestion.didYouMean(key, known));
            }
        }
    }

    /** Adds a mistake for each unknown key of a nested object. */
    void checkKeys(JsonNode container, String name, Set<String> known) {
        container.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                mistake(
                        place(container, key),
                        "unknown key '" + key + "' in " + name + "." + Suggestion.didYouMean(key, known));
            }
        });
    }

    /** The mapping at a key; an empty one if it is absent. */
    ObjectNode mapping(String key) {
        JsonNode value = get(key);
        if (value instanceof ObjectNode mapping) {
            return mapping;
        }
        if (!value.isMissingNode() && function(value) == null) {
            mistakeOnce(place(key), key + " must be a mapping.");
        }
        return JSON.objectNode();
    }

    /** A number in a nested object; 0 if it is absent. */
    double number(JsonNode container, String name, String key) {
        JsonNode value = container.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            mistake(place(container, key), name + "." + key + " must be a number.");
            return 0;
        }
        return value.doubleValue();
    }

    private void mistakeOnce(String place, String text) {
        String message = named(place) + ": " + text;
        if (!mistakes.contains(message)) {
            mistakes.add(message);
        }
    }

    boolean flag(String key) {
        return flag(get(key), place(key), key, false);
    }

    String text(String key, String otherwise) {
        return text(get(key), place(key), key, otherwise);
    }

    @Nullable
    String textOrNull(String key) {
        return has(key) ? text(key, "") : null;
    }

    String text(JsonNode value, String place, String key, String otherwise) {
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            mistake(place, key + " must be text.");
            return otherwise;
        }
        return value.textValue();
    }

    int whole(String key, int otherwise, int least) {
        return whole(get(key), place(key), key, otherwise, least);
    }

    int whole(JsonNode value, String place, String key, int otherwise, int least) {
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
            mistake(
                    place,
                    key + " must be a whole number" + (least == Integer.MIN_VALUE ? "." : ", at least " + least + "."));
            return otherwise;
        }
        return value.intValue();
    }

    boolean flag(JsonNode value, String place, String key, boolean otherwise) {
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            mistake(place, key + " must be true or false.");
            return otherwise;
        }
        return value.booleanValue();
    }

    /** A text, or a list of them. */
    List<String> texts(JsonNode value, String place, String key) {
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        } else if (value.isArray() && value.valueStream().allMatch(JsonNode::isTextual)) {
            value.forEach(each -> texts.add(each.textValue()));
        } else if (!value.isMissingNode() && !value.isNull()) {
            mistake(place, key + " must be text, or a list of texts.");
        }
        return texts;
    }

    /** A {@code doc_to_*}; null if it is absent. */
    @Nullable
    Field field(JsonNode value, String place, String key) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return Field.of(named(place), key, value);
        } catch (InvalidInputException e) {
            mistakes.add(e.getMessage());
            return null;
        }
    }
}
