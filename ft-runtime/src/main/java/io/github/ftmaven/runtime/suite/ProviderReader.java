package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads providers. */
final class ProviderReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final Set<String> KEYS = Set.of("id", "label", "config", "prompts", "transform", "delay", "env", "inputs");
    private static final List<String> KNOWN = List.of("echo", "ft:tuned", "ft:base", "openai:chat:MODEL");

    private final SuiteFiles files;
    private final Mistakes mistakes;
    private final UnaryOperator<String> environment;

    /**
     * Prepares a reader.
     *
     * @param environment substitutes environment variables in a provider's own file
     */
    ProviderReader(SuiteFiles files, Mistakes mistakes, UnaryOperator<String> environment) {
        this.files = files;
        this.mistakes = mistakes;
        this.environment = environment;
    }

    List<ProviderSpec> read(YamlTree tree, JsonNode config, String key) {
        JsonNode declared = config.path(key);
        List<ProviderSpec> providers = new ArrayList<>();
        if (declared.isTextual()) {
            text(declared.textValue(), tree.place(config, key), providers);
        } else if (declared.isArray()) {
            for (int i = 0; i < declared.size(); i++) {
                item(tree, declared.get(i), tree.place(declared, i), providers);
            }
        } else if (declared.isObject()) {
            item(tree, declared, tree.place(config, key), providers);
        } else if (!declared.isMissingNode() && !declared.isNull()) {
            mistakes.error(
                    tree.place(config, key),
                    key + " must be the name of a provider, or a list, not " + FormCheck.shown(declared) + ".");
        }
        return providers;
    }

    private void text(String id, String place, List<ProviderSpec> providers) {
        if (id.startsWith("file://") && (id.endsWith(".yaml") || id.endsWith(".yml") || id.endsWith(".json"))) {
            List<Path> found = files.find(id);
            if (found.isEmpty()) {
                mistakes.error(place, "the provider's file " + SuiteFiles.path(id) + " does not exist.");
            }
            for (Path file : found) {
                YamlTree tree = files.tree(file);
                JsonNode root = tree.root();
                ConfigFile.substitute(root, environment);
                if (root.isArray()) {
                    for (int i = 0; i < root.size(); i++) {
                        item(tree, root.get(i), tree.place(root, i), providers);
                    }
                } else {
                    item(tree, root, tree.file(), providers);
                }
            }
            return;
        }
        add(new ProviderSpec(id, id, id, JSON.objectNode(), List.of(), null, 0), place, providers);
    }

    private void item(YamlTree tree, JsonNode item, String place, List<ProviderSpec> providers) {
        if (item.isTextual()) {
            text(item.textValue(), place, providers);
            return;
        }
        if (!item.isObject()) {
            mistakes.error(
                    place, "a provider must be a name, or a mapping with id, not " + FormCheck.shown(item) + ".");
            return;
        }
        JsonNode provider = item;
        String type = item.path("id").asText();
        if (!item.has("id") && item.size() == 1) {
            // The other form: the provider's name as the key, and its id and other keys below it.
            Map.Entry<String, JsonNode> only = item.properties().iterator().next();
            type = only.getKey();
            provider = only.getValue();
        }
        if (!provider.isObject()) {
            mistakes.error(
                    tree.place(item, type, place),
                    "the value of the provider " + type + " must be a mapping, not " + FormCheck.shown(provider) + ".");
            return;
        }
        new FormCheck(tree, place, mistakes).section(provider, Forms.PROVIDER);
        JsonNode keys = provider;
        keys.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                mistakes.suspicion(
                        tree.place(keys, name),
                        "unknown key '" + name + "' in a provider." + Suggestion.didYouMean(name, KEYS));
            }
        });
        if (!provider.path("id").isMissingNode() && !provider.path("id").isTextual()) {
            return;
        }
        if (type.isEmpty()) {
            mistakes.error(place, "a provider needs an id.");
            return;
        }
        List<String> prompts = new ArrayList<>();
        provider.path("prompts").forEach(prompt -> prompts.add(prompt.asText()));
        JsonNode transform = provider.path("transform");
        String id = provider.path("id").asText(type);
        add(
                new ProviderSpec(
                        type,
                        id,
                        provider.path("label").asText(id),
                        provider.path("config").isObject() ? (ObjectNode) provider.get("config") : JSON.objectNode(),
                        prompts,
                        transform.isTextual() ? transform.textValue() : null,
                        Math.max(0, provider.path("delay").asLong(0))),
                place,
                providers);
    }

    private void add(ProviderSpec provider, String place, List<ProviderSpec> providers) {
        String type = provider.type();
        boolean known = type.equals("echo")
                || type.startsWith("ft:")
                || type.equals("http")
                || type.equals("https")
                || type.startsWith("http://")
                || type.startsWith("https://")
                || (type.startsWith("openai:chat:") && type.length() > "openai:chat:".length());
        if (!known) {
            mistakes.error(
                    place,
                    "the provider " + type + " is not supported. Supported are echo, openai:chat:MODEL with"
                            + " config.apiBaseUrl, http(s) URLs, ft:tuned, ft:base and ft: with a baseline's label."
                            + Suggestion.didYouMean(type, KNOWN));
        }
        providers.add(provider);
    }
}
