package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Replaces every {@code $ref: '#/…'} of a configuration by what it points to; keys beside it win. A reference that points
 * to nothing here stays, for it may be a schema's own.
 */
final class References {
    private static final String REF = "$ref";

    private final JsonNode root;
    private final Set<String> targets = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    private References(JsonNode root) {
        this.root = root;
    }

    /** Resolves in place; the top-level keys that were pointed to. */
    static Set<String> resolve(ObjectNode root) {
        References references = new References(root);
        references.children(root);
        return references.targets;
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
        String reference = node.path(REF).asText("");
        JsonNode target = reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path(REF);
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
        ObjectNode both = found.deepCopy();
        ((ObjectNode) node).remove(REF);
        children(node);
        both.setAll((ObjectNode) node);
        return both;
    }
}
