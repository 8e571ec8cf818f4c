package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.spec.Shape.Either;
import io.github.ftmaven.runtime.spec.Shape.Items;
import io.github.ftmaven.runtime.spec.Shape.Scalar;
import io.github.ftmaven.runtime.spec.Shape.Section;
import io.github.ftmaven.runtime.yaml.CoreSchema;
import io.github.ftmaven.runtime.yaml.Yaml;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Checks a YAML graph against a shape, collecting every mistake, and turns it into JSON for Jackson to bind. */
final class NodeReader {
    private static final Set<Tag> SCALAR_TAGS = Set.of(Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.STR);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A key or value of the file. */
    record Place(Mark key, Mark value) {}

    private record Missing(Mark mark, String path, String what) {}

    private final Problems problems;
    private final Suggestions suggestions;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Missing> missing = new ArrayList<>();

    NodeReader(Section root, Problems problems) {
        this.problems = problems;
        this.suggestions = new Suggestions(root);
    }

    /** Where each key and each list entry is in the file, by its path, such as {@code acceptance[0].metric}. */
    Map<String, Place> places() {
        return places;
    }

    /** Reads the whole file. The result lacks keys that are absent or invalid. */
    ObjectNode read(Node root, Section section) {
        return read(root, section, "") instanceof ObjectNode object ? object : JSON.objectNode();
    }

    /** Reports the required keys that are absent, unless another mistake explains their absence. */
    void reportMissing() {
        for (Missing each : missing) {
            if (!problems.touch(each.path)) {
                problems.add(each.mark, each.path, "required key '" + each.path + "' is missing: " + each.what);
            }
        }
    }

    private @Nullable JsonNode read(Node node, Shape shape, String path) {
        if (!hasPlainTag(node)) {
            String tag = node.getTag().getValue().replace(Tag.PREFIX, "!!");
            problems.add(Yaml.mark(node), path, "the tag " + tag + " is not supported; remove it");
            return null;
        }
        if (node instanceof ScalarNode scalar && !isWritable(scalar.getValue())) {
            problems.add(
                    Yaml.mark(node),
                    path,
                    path
                            + " contains a character that is not valid in text or in file names (U+0000, or half of a"
                            + " surrogate pair); remove it");
            return null;
        }
        JsonNode json = null;
        for (Shape each : shape instanceof Either either ? either.shapes() : List.of(shape)) {
            if (each instanceof Scalar scalar && node instanceof ScalarNode scalarNode) {
                json = scalar.convert(scalarNode);
            } else if (each instanceof Items items && node instanceof SequenceNode sequence) {
                json = readItems(sequence, items, path);
            } else if (each instanceof Section section && node instanceof MappingNode mapping) {
                json = readSection(mapping, section, path);
            } else if (each instanceof Shape.Values values && node instanceof MappingNode mapping) {
                json = readValues(mapping, values, path);
            }
            if (json != null) {
                return json;
            }
        }
        String text = path.isEmpty() ? "the spec" : path;
        problems.add(Yaml.mark(node), path, Mismatch.text(text, shape, node));
        return null;
    }

    /** YAML escapes can produce characters that neither UTF-8 nor a file name allows. */
    private static boolean isWritable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private ArrayNode readItems(SequenceNode node, Items items, String path) {
        ArrayNode array = JSON.arrayNode();
        if (node.getValue().isEmpty() && !items.mayBeEmpty()) {
            problems.add(Yaml.mark(node), path, path + " is empty; it must be " + items.describe());
        }
        for (int i = 0; i < node.getValue().size(); i++) {
            Node element = node.getValue().get(i);
            String elementPath = path + "[" + i + "]";
            places.put(elementPath, new Place(Yaml.mark(element), Yaml.mark(element)));
            JsonNode json = read(element, items.element(), elementPath);
            if (json != null && items.isUnique() && array.valueStream().anyMatch(json::equals)) {
                problems.add(Yaml.mark(element), elementPath, elementPath + " repeats '" + json.asText() + "'");
            } else if (json != null) {
                array.add(json);
            }
        }
        return array;
    }

    private ObjectNode readSection(MappingNode node, Section section, String path) {
        Map<String, Shape.Key> keys = section.keys().stream().collect(Collectors.toMap(Shape.Key::name, key -> key));
        Map<String, Mark> seen = new LinkedHashMap<>();
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : node.getValue()) {
            Mark mark = Yaml.mark(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode keyNode) || !hasPlainTag(keyNode)) {
                problems.add(mark, path, "a key must be a plain word");
                continue;
            }
            String name = keyNode.getValue();
            Shape.Key key = keys.get(name);
            Mark first = seen.putIfAbsent(name, mark);
            if (Yaml.isMerge(keyNode)) {
                problems.add(mark, join(path, name), "merge keys (<<) are not supported; repeat the keys");
            } else if (first != null) {
                String text = "duplicate key '" + name + "' " + in(path) + "; first on line " + (first.getLine() + 1);
                problems.add(mark, join(path, name), text);
            } else if (key == null) {
                unknown(mark, name, section, path);
            } else {
                Node value = entry.getValueNode();
                places.put(join(path, name), new Place(mark, Yaml.mark(value)));
                JsonNode json = key.nullable() && value.getTag().equals(Tag.NULL)
                        ? NullNode.instance
                        : read(value, key.shape(), join(path, name));
                if (json != null) {
                    object.set(name, json);
                }
            }
        }
        section.keys().stream()
                .filter(key -> !seen.containsKey(key.name()))
                .forEach(key -> addMissing(key, Yaml.mark(node), join(path, key.name())));
        checkAlternatives(section, object, Yaml.mark(node), path);
        return object;
    }

    private ObjectNode readValues(MappingNode node, Shape.Values values, String path) {
        ObjectNode object = JSON.objectNode();
        if (node.getValue().isEmpty()) {
            problems.add(Yaml.mark(node), path, path + " is empty; name at least one value, or remove it");
        }
        for (NodeTuple entry : node.getValue()) {
            Mark mark = Yaml.mark(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode key) || Yaml.isMerge(key)) {
                problems.add(mark, path, "a key must be a plain word");
            } else if (object.has(key.getValue())) {
                problems.add(mark, path, "duplicate key '" + key.getValue() + "' " + in(path));
            } else if (values.any()) {
                object.set(key.getValue(), readAny(entry.getValueNode(), join(path, key.getValue())));
            } else if (entry.getValueNode() instanceof ScalarNode value
                    && hasPlainTag(value)
                    && !value.getTag().equals(Tag.NULL)) {
                object.put(key.getValue(), value.getValue());
            } else {
                String text = join(path, key.getValue()) + " must be a text or a number";
                problems.add(Yaml.mark(entry.getValueNode()), path, text);
            }
        }
        return object;
    }

    /** A value of any YAML type. */
    private JsonNode readAny(Node node, String path) {
        if (!hasPlainTag(node)) {
            problems.add(Yaml.mark(node), path, "the tag " + node.getTag().getValue() + " is not supported; remove it");
        } else if (node instanceof MappingNode mapping) {
            return mapping.getValue().isEmpty() ? JSON.objectNode() : readValues(mapping, new Shape.Values(true), path);
        } else if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.getValue().forEach(element -> array.add(readAny(element, path + "[" + array.size() + "]")));
            return array;
        } else if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            Boolean bool = CoreSchema.bool(scalar);
            return bool != null ? JSON.booleanNode(bool) : numberOrText(scalar);
        }
        return NullNode.instance;
    }

    private static JsonNode numberOrText(ScalarNode scalar) {
        Number number = CoreSchema.number(scalar);
        if (number instanceof BigInteger integer) {
            return integer.bitLength() < Integer.SIZE
                    ? JSON.numberNode(integer.intValue())
                    : integer.bitLength() < Long.SIZE ? JSON.numberNode(integer.longValue()) : JSON.numberNode(integer);
        }
        return number == null ? JSON.textNode(scalar.getValue()) : JSON.numberNode(number.doubleValue());
    }

    private void addMissing(Shape.Key key, Mark mark, String path) {
        if (key.required() && key.shape() instanceof Section section) {
            section.keys().forEach(inner -> addMissing(inner, mark, join(path, inner.name())));
        } else if (key.required()) {
            String doc = key.description();
            missing.add(
                    new Missing(mark, path, Character.toLowerCase(doc.charAt(0)) + doc.substring(1, doc.length() - 1)));
        }
    }

    private void checkAlternatives(Section section, ObjectNode object, Mark mark, String path) {
        List<String> given = section.alternatives().stream()
                .flatMap(List::stream)
                .distinct()
                .filter(object::has)
                .toList();
        if (!section.alternatives().isEmpty() && !section.alternatives().contains(given) && !problems.touch(path)) {
            String allowed = section.alternatives().stream()
                    .map(group -> String.join(" and ", group))
                    .collect(Collectors.joining(", or "));
            String has = given.isEmpty() ? "none of them" : String.join(", ", given);
            problems.add(mark, path, path + " must have either " + allowed + "; it has " + has);
        }
    }

    private void unknown(Mark mark, String name, Section section, String path) {
        String what = "unknown key '" + name + "' " + in(path) + "; ";
        if (suggestions.isPath(name)) {
            String parent = Suggestions.parent(name);
            String text = "write '" + Suggestions.leaf(name) + "' inside '" + parent + "'";
            problems.add(mark, name, what + text);
            return;
        }
        String pattern = path.replaceAll("\\[\\d+]", "[]");
        List<String> meant = suggestions.keys(name, pattern);
        if (meant.isEmpty()) {
            problems.add(mark, join(path, name), what + "known keys are " + String.join(", ", section.names()));
            return;
        }
        List<String> paths = meant.stream()
                .map(each -> isIn(pattern, each) ? join(path, Suggestions.leaf(each)) : each)
                .toList();
        String words = meant.stream()
                .map(each -> isIn(pattern, each)
                        ? "'" + Suggestions.leaf(each) + "'"
                        : "'" + each + "'" + (each.contains(".") ? "" : " at the top level"))
                .collect(Collectors.joining(" or "));
        problems.add(mark, paths, what + "did you mean " + words + "?");
    }

    private static boolean isIn(String section, String path) {
        return Suggestions.parent(path).equals(section);
    }

    private static boolean hasPlainTag(Node node) {
        return node instanceof ScalarNode
                ? SCALAR_TAGS.contains(node.getTag())
                : node.getTag().equals(node instanceof MappingNode ? Tag.MAP : Tag.SEQ);
    }

    private static String in(String path) {
        return path.isEmpty() ? "at the top level" : "in " + path;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
