package io.github.ftmaven.runtime.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML document as the JSON it stands for, each value with its place. Aliases and merge keys are resolved; a key that
 * stands twice is an error.
 */
public final class YamlTree {
    private static final JsonMapper JSON = new JsonMapper();

    /** Aliases of aliases can ask for more memory than there is. */
    private static final int MOST_VALUES = 1_000_000;

    private final String file;
    private final IdentityHashMap<JsonNode, Map<Object, Mark>> places = new IdentityHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<JsonNode, Set<String>> anchored = new IdentityHashMap<>();
    private JsonNode root = NullNode.getInstance();
    private int values;
    private int anchors;

    private final Function<ScalarNode, Optional<JsonNode>> tagged;

    private YamlTree(String file, Function<ScalarNode, Optional<JsonNode>> tagged) {
        this.file = file;
        this.tagged = tagged;
    }

    /**
     * Reads a document.
     *
     * @param file the file as messages name it
     * @throws InvalidInputException if it is not one valid document
     */
    public static YamlTree read(byte[] bytes, String file) {
        return read(bytes, file, scalar -> Optional.empty());
    }

    /**
     * Reads a document with tags of its own.
     *
     * @param tagged what a scalar stands for that has a tag which YAML does not know; empty if that is an error
     */
    public static YamlTree read(byte[] bytes, String file, Function<ScalarNode, Optional<JsonNode>> tagged) {
        YamlTree tree = new YamlTree(file, tagged);
        Node node = Yaml.parse(bytes, file);
        if (node != null) {
            tree.root = tree.json(node);
        }
        return tree;
    }

    /** The whole document; null for an empty one. */
    public JsonNode root() {
        return root;
    }

    /** The file, as messages name it. */
    public String file() {
        return file;
    }

    /** Where an entry of an object or a list is: {@code file:line:column}, or the file if it is not of this document. */
    public String place(JsonNode container, Object key) {
        Map<Object, Mark> own = places.get(container);
        Mark mark = own == null ? null : own.get(key);
        return mark == null ? file : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    /** Whether an anchor stands at or within an entry of an object, which is then written for its aliases. */
    public boolean isAnchored(JsonNode container, String key) {
        return anchored.getOrDefault(container, Set.of()).contains(key);
    }

    private JsonNode json(Node node) {
        anchors += node.getAnchor() == null ? 0 : 1;
        if (++values > MOST_VALUES) {
            throw problem(node, "stands for more than " + MOST_VALUES + " values");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (!open.add(node)) {
            throw problem(node, "an alias within what it stands for");
        }
        JsonNode json = node instanceof SequenceNode sequence ? list(sequence) : object((MappingNode) node);
        open.remove(node);
        return json;
    }

    private JsonNode list(SequenceNode node) {
        ArrayNode list = JSON.createArrayNode();
        Map<Object, Mark> own = new HashMap<>();
        for (Node item : node.getValue()) {
            own.put(list.size(), item.getStartMark());
            list.add(json(item));
        }
        places.put(list, own);
        return list;
    }

    private JsonNode object(MappingNode node) {
        ObjectNode object = JSON.createObjectNode();
        Map<Object, Mark> own = new HashMap<>();
        Set<String> explicit = new HashSet<>();
        List<Node> merged = new ArrayList<>();
        Set<String> withAnchors = new HashSet<>();
        for (NodeTuple entry : node.getValue()) {
            Node key = entry.getKeyNode();
            if (key.getTag().equals(Tag.MERGE)) {
                merged.add(entry.getValueNode());
                continue;
            }
            if (!(key instanceof ScalarNode name)) {
                throw problem(key, "a key must be text");
            }
            JsonNode value = scalar(name);
            String text = value.isTextual() ? value.textValue() : value.asText();
            if (!explicit.add(text)) {
                throw problem(key, "the key '" + text + "' stands twice");
            }
            own.put(text, key.getStartMark());
            int before = anchors;
            object.set(text, json(entry.getValueNode()));
            if (anchors > before) {
                withAnchors.add(text);
            }
        }
        for (Node source : merged) {
            merge(object, own, source);
        }
        places.put(object, own);
        anchored.put(object, withAnchors);
        return object;
    }

    /** Adds what the object does not have itself; of several sources the first wins. */
    private void merge(ObjectNode object, Map<Object, Mark> own, Node source) {
        if (source instanceof SequenceNode sources) {
            sources.getValue().forEach(each -> merge(object, own, each));
            return;
        }
        if (!(source instanceof MappingNode)) {
            throw problem(source, "<< takes a mapping, or a list of them");
        }
        json(source).properties().forEach(entry -> {
            if (!object.has(entry.getKey())) {
                object.set(entry.getKey(), entry.getValue());
                own.put(entry.getKey(), source.getStartMark());
            }
        });
    }

    private JsonNode scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return TextNode.valueOf(scalar.getValue());
        }
        if (tag.equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        Boolean bool = CoreSchema.bool(scalar);
        if (bool != null) {
            return BooleanNode.valueOf(bool);
        }
        Number number = CoreSchema.number(scalar);
        if (number instanceof BigInteger integer) {
            return integer.bitLength() < Long.SIZE
                    ? LongNode.valueOf(integer.longValue())
                    : BigIntegerNode.valueOf(integer);
        }
        if (number != null) {
            return DoubleNode.valueOf(number.doubleValue());
        }
        Double special = special(scalar);
        if (special != null) {
            return DoubleNode.valueOf(special);
        }
        Optional<JsonNode> own = tagged.apply(scalar);
        if (own.isPresent()) {
            return own.get();
        }
        throw problem(scalar, "the tag " + tag.getValue() + " is not known here");
    }

    private static @Nullable Double special(ScalarNode scalar) {
        if (!scalar.getTag().equals(Tag.FLOAT)) {
            return null;
        }
        return switch (scalar.getValue().toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> null;
        };
    }

    private InvalidInputException problem(Node node, String text) {
        return new InvalidInputException(Yaml.message(file, node.getStartMark(), text));
    }
}
