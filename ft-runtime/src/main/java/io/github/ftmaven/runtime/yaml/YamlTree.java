package io.github.ftmaven.runtime.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML document as JSON, with the place of each value. Aliases and merge keys are resolved; duplicate keys are an
 * error.
 */
public final class YamlTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Nested aliases can expand beyond the memory. */
    private static final int MOST_VALUES = 1_000_000;

    private static final Set<Tag> MAPPINGS = Set.of(Tag.MAP, Tag.SET);
    private static final Set<Tag> LISTS = Set.of(Tag.SEQ, new Tag(Tag.PREFIX + "omap"));

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
     * @throws InvalidInputException if it is not a single valid document
     */
    public static YamlTree read(byte[] bytes, String file) {
        return read(bytes, file, scalar -> Optional.empty());
    }

    /**
     * Reads a document with custom tags.
     *
     * @param tagged the value of a scalar whose tag is not part of YAML; empty if the tag is an error
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

    /** The file as messages name it. */
    public String file() {
        return file;
    }

    /**
     * The place of an entry of an object or a list: {@code file:line:column}, or the file if the entry is not from
     * this document.
     */
    public String place(JsonNode container, Object key) {
        return place(container, key, file);
    }

    /**
     * The place of an entry of an object or a list.
     *
     * @param fallback the result for an entry that is not from this document
     */
    public String place(JsonNode container, Object key, String fallback) {
        Map<Object, Mark> own = places.get(container);
        Mark mark = own == null ? null : own.get(key);
        return mark == null ? fallback : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    /** Records that an object was merged from others of this document; later ones take precedence. */
    public void join(JsonNode joined, JsonNode... parts) {
        Map<Object, Mark> own = new HashMap<>();
        for (JsonNode part : parts) {
            own.putAll(places.getOrDefault(part, Map.of()));
        }
        places.put(joined, own);
    }

    /** Whether an entry of an object has an anchor, at any depth, and so exists for its aliases. */
    public boolean isAnchored(JsonNode container, String key) {
        return anchored.getOrDefault(container, Set.of()).contains(key);
    }

    private JsonNode json(Node node) {
        anchors += node.getAnchor().isPresent() ? 1 : 0;
        if (++values > MOST_VALUES) {
            throw problem(node, "expands to more than " + MOST_VALUES + " values");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (!(node instanceof SequenceNode ? LISTS : MAPPINGS).contains(node.getTag())) {
            throw problem(node, "the tag " + node.getTag().getValue() + " is unknown");
        }
        if (!open.add(node)) {
            throw problem(node, "an alias refers to a value that contains it");
        }
        JsonNode json = node instanceof SequenceNode sequence ? list(sequence) : object((MappingNode) node);
        open.remove(node);
        return json;
    }

    private JsonNode list(SequenceNode node) {
        ArrayNode list = JSON.arrayNode();
        Map<Object, Mark> own = new HashMap<>();
        for (Node item : node.getValue()) {
            own.put(list.size(), Yaml.mark(item));
            list.add(json(item));
        }
        places.put(list, own);
        return list;
    }

    private JsonNode object(MappingNode node) {
        ObjectNode object = JSON.objectNode();
        Map<Object, Mark> own = new HashMap<>();
        Set<String> explicit = new HashSet<>();
        List<Node> merged = new ArrayList<>();
        Set<String> withAnchors = new HashSet<>();
        for (NodeTuple entry : node.getValue()) {
            Node key = entry.getKeyNode();
            if (Yaml.isMerge(key)) {
                merged.add(entry.getValueNode());
                continue;
            }
            if (!(key instanceof ScalarNode name)) {
                throw problem(key, "a key must be text");
            }
            JsonNode value = scalar(name);
            String text = name(value);
            if (!explicit.add(text)) {
                throw problem(key, "duplicate key '" + text + "'");
            }
            own.put(text, Yaml.mark(key));
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

    /** A key as JavaScript writes the property's name. */
    private static String name(JsonNode key) {
        if (!key.isDouble()) {
            return key.asText();
        }
        double number = key.doubleValue();
        return Double.isFinite(number)
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    /** Adds entries that the object lacks; of several sources the first wins. */
    private void merge(ObjectNode object, Map<Object, Mark> own, Node source) {
        if (source instanceof SequenceNode sources) {
            sources.getValue().forEach(each -> merge(object, own, each));
            return;
        }
        if (!(source instanceof MappingNode)) {
            throw problem(source, "<< needs a mapping, or a list of mappings");
        }
        json(source).properties().forEach(entry -> {
            if (!object.has(entry.getKey())) {
                object.set(entry.getKey(), entry.getValue());
                own.put(entry.getKey(), Yaml.mark(source));
            }
        });
    }

    private JsonNode scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return TextNode.valueOf(scalar.getValue());
        }
        if (tag.equals(Tag.NULL) && CoreSchema.tag(scalar.getValue()).equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        Boolean bool = CoreSchema.bool(scalar);
        if (bool != null) {
            return BooleanNode.valueOf(bool);
        }
        Number number = CoreSchema.any(scalar);
        if (number instanceof BigInteger integer) {
            return integer.bitLength() < Long.SIZE
                    ? LongNode.valueOf(integer.longValue())
                    : BigIntegerNode.valueOf(integer);
        }
        if (number != null) {
            return DoubleNode.valueOf(number.doubleValue());
        }
        Optional<JsonNode> own = tagged.apply(scalar);
        if (own.isPresent()) {
            return own.get();
        }
        throw problem(scalar, "the tag " + tag.getValue() + " is unknown");
    }

    private InvalidInputException problem(Node node, String text) {
        return new InvalidInputException(Yaml.message(file, Yaml.mark(node), text));
    }
}
