package io.github.ftmaven.runtime.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Changes what a JSON or YAML document says, and leaves it well-formed: the damage that gets past a parser. */
final class TreeMutator {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_CHANGES = 3;

    private final SplittableRandom random;

    TreeMutator(SplittableRandom random) {
        this.random = random;
    }

    /** A changed document as JSON, which is YAML too; null if the input is neither, or has no parts. */
    byte @Nullable [] mutate(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int line = text.indexOf('\n');
        JsonNode tree = tree(text);
        if (tree == null && line > 0) { // one of several lines
            JsonNode first = tree(text.substring(0, line));
            byte[] changed = first == null ? null : changed(first);
            return changed == null
                    ? null
                    : (new String(changed, StandardCharsets.UTF_8) + text.substring(line))
                            .getBytes(StandardCharsets.UTF_8);
        }
        return tree == null ? null : changed(tree);
    }

    private static @Nullable JsonNode tree(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isContainerNode()
                            && JSON.readTree(text + " 1") != null
                            && !text.strip().contains("}\n{")
                    ? json
                    : null;
        } catch (JsonProcessingException e) {
            try {
                JsonNode yaml = YamlTree.read(text.getBytes(StandardCharsets.UTF_8), "seed")
                        .root();
                return yaml.isContainerNode() ? yaml.deepCopy() : null;
            } catch (InvalidInputException | StackOverflowError notYaml) {
                return null;
            }
        }
    }

    private byte @Nullable [] changed(JsonNode tree) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        containers.removeIf(JsonNode::isEmpty);
        if (containers.isEmpty()) {
            return null;
        }
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            JsonNode container = containers.get(random.nextInt(containers.size()));
            if (container instanceof ObjectNode object) {
                change(object, containers);
            } else {
                change((ArrayNode) container, containers);
            }
        }
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (IOException | StackOverflowError e) {
            return null; // it contains itself by now
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    /** Another value of the same type, which a schema lets through. */
    private JsonNode alike(JsonNode leaf, List<JsonNode> containers) {
        List<JsonNode> leaves = new ArrayList<>();
        for (JsonNode container : containers) {
            for (JsonNode child : container) {
                if (child.getNodeType() == leaf.getNodeType() && !child.isContainerNode()) {
                    leaves.add(child);
                }
            }
        }
        boolean other = random.nextInt(2) == 0 && !leaves.isEmpty();
        if (other || leaf.isContainerNode()) {
            return leaves.isEmpty() ? value() : leaves.get(random.nextInt(leaves.size()));
        } else if (leaf.isBoolean()) {
            return NODES.booleanNode(!leaf.booleanValue());
        } else if (leaf.isNumber()) {
            return switch (random.nextInt(6)) {
                case 0 -> NODES.numberNode(-leaf.longValue());
                case 1 -> NODES.numberNode(leaf.longValue() + 1);
                case 2 -> NODES.numberNode(leaf.longValue() * 1000 + 7);
                case 3 -> NODES.numberNode(leaf.doubleValue() / 3);
                case 4 -> NODES.numberNode(0);
                default -> NODES.numberNode(1 + random.nextInt(12));
            };
        } else if (leaf.isTextual() && !leaf.textValue().isEmpty()) {
            String text = leaf.textValue();
            int at = random.nextInt(text.length());
            return NODES.textNode(
                    switch (random.nextInt(5)) {
                        case 0 -> text.substring(at);
                        case 1 -> text.substring(0, at);
                        case 2 -> text + text;
                        case 3 -> text.substring(0, at) + pick(Mutator.TEXTS) + text.substring(at);
                        default -> text.substring(at) + text.substring(0, at);
                    });
        }
        return value();
    }

    private void change(ObjectNode object, List<JsonNode> others) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(9)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(pick(Mutator.TEXTS), object.remove(name));
            case 2 -> object.set(name, NODES.arrayNode().add(object.get(name)).add(object.get(name)));
            case 3 -> object.set(name, others.get(random.nextInt(others.size())).deepCopy());
            case 4 -> object.set(name, value());
            default -> object.set(name, alike(object.get(name), others));
        }
    }

    private void change(ArrayNode array, List<JsonNode> others) {
        if (array.isEmpty()) {
            return;
        }
        int at = random.nextInt(array.size());
        switch (random.nextInt(9)) {
            case 0 -> array.remove(at);
            case 1 -> array.insert(at, array.get(at));
            case 2 -> array.add(array.remove(at));
            case 3 -> array.set(at, others.get(random.nextInt(others.size())).deepCopy());
            case 4 -> array.set(at, value());
            default -> array.set(at, alike(array.get(at), others));
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextInt(2) == 0);
            case 2 -> NODES.arrayNode();
            case 3 -> NODES.objectNode();
            case 4 -> NODES.textNode(pick(Mutator.TEXTS));
            case 5 -> NODES.arrayNode().add(pick(Mutator.TEXTS)).addNull().add(7);
            case 6 -> NODES.objectNode().put(pick(Mutator.TEXTS), random.nextInt());
            default -> NODES.rawValueNode(new RawValue(pick(Mutator.NUMBERS)));
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
