package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.util.HashSet;
import java.util.Set;

/**
 * Replaces every {@code $ref: '#/…'} of a configuration by its target; keys beside it take precedence. A reference
 * without a target in the configuration stays, because it may belong to a schema.
 */
final class References {
    private static final String REF = "$ref";
    private static final int MOST_VALUES = 1_000_000;
    private static final int MOST_DEPTH = 300;

    private final JsonNode root;
    private final Set<String> targets = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    private final YamlTree tree;
    private int values;

    private References(YamlTree tree, JsonNode root) {
        this.tree = tree;
        this.root = root;
    }

    /** Resolves references in place; returns the top-level keys that contain targets. */
    static Set<String> resolve(YamlTree tree, ObjectNode root) {
        References references = new References(tree, root);
        references.children(root);
        references.values = 0;
        references.count(root, 0);
        return references.targets;
    }

    /** Targets are shared. Nested references can expand beyond the memory, or refer to themselves. */
    private void count(JsonNode node, int depth) {
        step(depth);
        for (JsonNode child : node) {
            count(child, depth + 1);
        }
    }

    private void step(int depth) {
        if (depth > MOST_DEPTH || ++values > MOST_VALUES) {
            throw new InvalidInputException(tree.file() + ": a $ref contains itself, or expands too far: to more than "
                    + MOST_VALUES + " values, or " + MOST_DEPTH + " levels. Replace it by its value.");
        }
    }

    private void children(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(resolved(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, resolved(array.get(i)));
            }
        }
    }

    private JsonNode resolved(JsonNode node) {
        step(open.size());
        String reference = node.path(REF).asText("");
        JsonNode target = reference.startsWith("#/") ? root.at(reference.substring(1)) : MissingNode.getInstance();
        if (target.isMissingNode() || !open.add(reference)) {
            children(node);
            return node;
        }
        targets.add(reference.substring(2).replaceFirst("/.*", ""));
        JsonNode found = resolved(target);
        open.remove(reference);
        if (node.size() == 1 || !found.isObject()) {
            return found;
        }
        ObjectNode both = ((ObjectNode) found).objectNode();
        both.setAll((ObjectNode) found);
        ((ObjectNode) node).remove(REF);
        children(node);
        both.setAll((ObjectNode) node);
        tree.join(both, found, node);
        return both;
    }
}
