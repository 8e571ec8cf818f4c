package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.yaml.Yaml;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of one task or group, includes merged, each with its place; and what is wrong with them. */
final class Declaration {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FUNCTION = "!function";

    private final Path file;
    private final List<YamlTree> trees;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> mistakes;

    private Declaration(Path file, List<YamlTree> trees, List<String> mistakes) {
        this.file = file;
        this.trees = trees;
        this.mistakes = mistakes;
    }

    /**
     * Reads a file and what it includes.
     *
     * @throws InvalidInputException if one is missing, is not YAML, calls Python, or includes itself
     */
    static Declaration read(Path file, String shown, List<String> mistakes) {
        return read(file, shown, mistakes, List.of());
    }

    private static Declaration read(Path file, String shown, List<String> mistakes, List<Path> including) {
        Path path = file.toAbsolutePath().normalize();
        if (including.contains(path)) {
            throw new InvalidInputException(shown + ": includes itself.");
        }
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInputException(shown + ": no such file, or it cannot be read.", e);
        }
        refuseFunctions(bytes, shown);
        YamlTree tree = YamlTree.read(bytes, shown);
        if (!(tree.root() instanceof ObjectNode own)) {
            throw new InvalidInputException(shown + ": must be a mapping with the keys of a task.");
        }
        Declaration declaration = new Declaration(path, new ArrayList<>(List.of(tree)), mistakes);
        declaration.files.add(path);
        List<Path> chain = new ArrayList<>(including);
        chain.add(path);
        List<String> includes = new ArrayList<>();
        JsonNode include = own.path("include");
        (include.isArray() ? include : JSON.createArrayNode().add(include)).forEach(each -> {
            if (each.isTextual()) {
                includes.add(0, each.textValue());
            } else if (!each.isMissingNode()) {
                mistakes.add(tree.place(own, "include") + ": include must be a path, or a list of them.");
            }
        });
        for (String each : includes) {
            Declaration included = read(path.resolveSibling(each), sibling(shown, each), mistakes, chain);
            declaration.values.putAll(included.values);
            declaration.places.putAll(included.places);
            declaration.trees.addAll(included.trees);
            declaration.files.addAll(included.files);
        }
        declaration.add(own);
        declaration.remove("include");
        return declaration;
    }

    private static String sibling(String shown, String name) {
        return shown.substring(0, shown.lastIndexOf('/') + 1) + name;
    }

    private static void refuseFunctions(byte[] bytes, String shown) {
        Node root = Yaml.parse(bytes, shown);
        List<String> functions = new ArrayList<>();
        if (root != null) {
            functions(root, shown, functions);
        }
        if (!functions.isEmpty()) {
            throw new InvalidInputException(String.join("\n", functions));
        }
    }

    private static void functions(Node node, String shown, List<String> found) {
        if (node.getTag().getValue().startsWith(FUNCTION)) {
            String name =
                    node instanceof org.snakeyaml.engine.v2.nodes.ScalarNode scalar ? " " + scalar.getValue() : "";
            found.add(Yaml.message(
                    shown,
                    Yaml.mark(node),
                    FUNCTION + name + " is Python, which is not run here. Say it as a Jinja template."));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(each -> functions(each, shown, found));
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                functions(entry.getValueNode(), shown, found);
            }
        }
    }

    /** An entry of a group's list that declares a task or group itself. */
    Declaration within(ObjectNode own) {
        Declaration declaration = new Declaration(file, trees, mistakes);
        declaration.files.addAll(files);
        declaration.add(own);
        return declaration;
    }

    /** The same with keys of another one over its own. */
    Declaration with(Declaration over) {
        Declaration declaration = new Declaration(file, new ArrayList<>(trees), mistakes);
        declaration.trees.addAll(over.trees);
        declaration.files.addAll(files);
        declaration.values.putAll(values);
        declaration.places.putAll(places);
        declaration.values.putAll(over.values);
        declaration.places.putAll(over.places);
        return declaration;
    }

    /** Only those of some keys. */
    Declaration without(Collection<String> keys) {
        Declaration declaration = with(new Declaration(file, List.of(), mistakes));
        keys.forEach(declaration::remove);
        return declaration;
    }

    private void add(ObjectNode own) {
        own.properties().forEach(entry -> {
            values.put(entry.getKey(), entry.getValue());
            places.put(entry.getKey(), place(own, entry.getKey()));
        });
    }

    private void remove(String key) {
        values.remove(key);
        places.remove(key);
    }

    Path file() {
        return file;
    }

    Set<Path> files() {
        return files;
    }

    Set<String> keys() {
        return values.keySet();
    }

    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        values.forEach(json::set);
        return json;
    }

    /** The value of a key; missing where it is absent or null. */
    JsonNode get(String key) {
        JsonNode value = values.getOrDefault(key, MissingNode.getInstance());
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String key) {
        return !get(key).isMissingNode();
    }

    /** Where a key stands; the file for one that does not. */
    String place(String key) {
        return places.getOrDefault(key, trees.get(0).file());
    }

    /** Where a key of an object within stands. */
    String place(JsonNode container, Object key) {
        return trees.stream()
                .map(tree -> tree.place(container, key))
                .filter(place -> trees.stream().noneMatch(tree -> tree.file().equals(place)))
                .findFirst()
                .orElse(trees.get(0).file());
    }

    void mistake(String place, String text) {
        mistakes.add(place + ": " + text);
    }

    /** Adds unknown keys to the mistakes. */
    void checkKeys(Set<String> known) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                mistake(place(key), "unknown key '" + key + "'." + Suggestion.didYouMean(key, known));
            }
        }
    }

    /** The same for an object within. */
    void checkKeys(JsonNode container, String name, Set<String> known) {
        container.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                mistake(
                        place(container, key),
                        "unknown key '" + key + "' in " + name + "." + Suggestion.didYouMean(key, known));
            }
        });
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
        }
        return value.asBoolean(otherwise);
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

    /** A {@code doc_to_*}; null where there is none. */
    @Nullable
    Field field(JsonNode value, String place, String key) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return Field.of(place, key, value);
        } catch (InvalidInputException e) {
            mistakes.add(e.getMessage());
            return null;
        }
    }

    @Nullable
    Field field(String key) {
        return field(get(key), place(key), key);
    }
}
