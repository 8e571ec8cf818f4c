package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who is asked. */
final class ProviderReader {
    private static final JsonMapper JSON = new JsonMapper();
    static final Set<String> KEYS = Set.of("id", "label", "config", "prompts", "transform", "delay", "env", "inputs");
    private static final List<String> KNOWN = List.of("echo", "ft:tuned", "ft:base", "openai:chat:MODEL");

    private final SuiteFiles files;
    private final Mistakes mistakes;

    ProviderReader(SuiteFiles files, Mistakes mistakes) {
        this.files = files;
        this.mistakes = mistakes;
    }

    List<ProviderSpec> read(YamlTree tree, String key, JsonNode declared) {
        List<ProviderSpec> providers = new ArrayList<>();
        if (declared.isTextual()) {
            text(declared.textValue(), tree.place(tree.root(), key), providers);
        } else if (declared.isArray()) {
            for (int i = 0; i < declared.size(); i++) {
                item(tree, declared.get(i), tree.place(declared, i), providers);
            }
        } else if (declared.isObject()) {
            item(tree, declared, tree.place(tree.root(), key), providers);
        } else if (!declared.isMissingNode() && !declared.isNull()) {
            mistakes.error(tree.place(tree.root(), key), key + " must be the name of a provider, or a list.");
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
        add(id, id, JSON.createObjectNode(), List.of(), null, place, providers);
    }

    private void item(YamlTree tree, JsonNode item, String place, List<ProviderSpec> providers) {
        if (item.isTextual()) {
            text(item.textValue(), place, providers);
            return;
        }
        if (!item.isObject()) {
            mistakes.error(place, "a provider is a name, or a mapping with id.");
            return;
        }
        ObjectNode provider = (ObjectNode) item;
        if (!provider.has("id") && provider.size() == 1) {
            Map.Entry<String, JsonNode> only = provider.properties().iterator().next();
            provider = only.getValue().isObject() ? only.getValue().deepCopy() : JSON.createObjectNode();
            if (!provider.has("id")) {
                provider.put("id", only.getKey());
            }
        } else {
            provider.fieldNames().forEachRemaining(name -> {
                if (!KEYS.contains(name)) {
                    mistakes.suspicion(
                            tree.place(item, name),
                            "unknown key '" + name + "' of a provider." + Suggestion.didYouMean(name, KEYS));
                }
            });
        }
        String id = provider.path("id").asText();
        if (id.isEmpty()) {
            mistakes.error(place, "a provider needs an id.");
            return;
        }
        List<String> prompts = new ArrayList<>();
        provider.path("prompts").forEach(prompt -> prompts.add(prompt.asText()));
        JsonNode transform = provider.path("transform");
        add(
                id,
                provider.path("label").asText(id),
                provider.path("config").isObject() ? (ObjectNode) provider.get("config") : JSON.createObjectNode(),
                prompts,
                transform.isTextual() ? transform.textValue() : null,
                place,
                providers);
    }

    private void add(
            String id,
            String label,
            ObjectNode config,
            List<String> prompts,
            @Nullable String transform,
            String place,
            List<ProviderSpec> providers) {
        boolean known = id.equals("echo")
                || id.equals("ft:tuned")
                || id.equals("ft:base")
                || id.equals("http")
                || id.equals("https")
                || id.startsWith("http://")
                || id.startsWith("https://")
                || (id.startsWith("openai:chat:") && id.length() > "openai:chat:".length());
        if (!known) {
            mistakes.error(
                    place,
                    "the provider " + id + " is not known here. Known are echo, openai:chat:MODEL with"
                            + " config.apiBaseUrl, http(s) addresses, ft:tuned and ft:base."
                            + Suggestion.didYouMean(id, KNOWN));
        }
        providers.add(new ProviderSpec(id, label, config, prompts, transform));
    }
}
