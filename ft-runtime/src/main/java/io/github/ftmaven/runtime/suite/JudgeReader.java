package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Assertion;
import io.github.ftmaven.runtime.assertion.Checks;
import io.github.ftmaven.runtime.assertion.GradingServices.Kind;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the judge: from {@code provider} of an assertion or {@code options.provider} of its test, each of which is a
 * provider or has one for each of {@code text} and {@code embedding}; otherwise, the default judge.
 */
public final class JudgeReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> KINDS = Set.of("text", "embedding", "classification", "moderation");
    private static final List<String> EMBEDDING = List.of("openai:embedding:", "openai:embeddings:");

    private JudgeReader() {}

    /**
     * A default judge, as a suite would declare it.
     *
     * @param model the model's name on its server
     * @param url the server's URL, including {@code /v1}
     * @param apiKeyEnvironment the environment variable with the API key; null for none
     * @param embedding the name of the embedding model; null for none
     * @throws InvalidInputException if the URL is not valid
     */
    public static ObjectNode declaration(
            String model, String url, @Nullable String apiKeyEnvironment, @Nullable String embedding) {
        ObjectNode config = JSON.objectNode().put("apiBaseUrl", url);
        config.put("apiKeyEnvar", apiKeyEnvironment == null ? "" : apiKeyEnvironment);
        new OpenAiEndpoint(spec("openai:chat:" + model, config), "", Map.of());
        ObjectNode declaration = JSON.objectNode();
        declaration.putObject("text").put("id", "openai:chat:" + model).set("config", config);
        if (embedding != null) {
            declaration
                    .putObject("embedding")
                    .put("id", "openai:embedding:" + embedding)
                    .set("config", config);
        }
        return declaration;
    }

    /** The judge that a declaration names for a purpose; empty if it names none. */
    static Optional<ProviderSpec> find(Kind kind, JsonNode declared) {
        if (declared.isTextual()) {
            return embeds(declared.textValue()) == (kind == Kind.EMBEDDING)
                    ? Optional.of(spec(declared.textValue(), JSON.objectNode()))
                    : Optional.empty();
        }
        if (!declared.has("id")) {
            JsonNode own = declared.path(kind.name().toLowerCase(Locale.ROOT));
            return own.isMissingNode() ? Optional.empty() : find(kind, own);
        }
        String id = declared.path("id").asText();
        JsonNode config = declared.path("config");
        return embeds(id) == (kind == Kind.EMBEDDING)
                ? Optional.of(spec(id, config.isObject() ? (ObjectNode) config : JSON.objectNode()))
                : Optional.empty();
    }

    private static boolean embeds(String id) {
        return EMBEDDING.stream().anyMatch(id::startsWith);
    }

    private static ProviderSpec spec(String id, ObjectNode config) {
        String full = id.startsWith("openai:") && !id.matches("openai:(chat|embeddings?):.*")
                ? "openai:chat:" + id.substring("openai:".length())
                : id;
        return new ProviderSpec(full, full, full, config, List.of(), null, 0);
    }

    /** The judge that an assertion or its test names; missing if neither does. */
    static JsonNode declared(Assertion assertion, TestCase test) {
        JsonNode own = assertion.json().path("provider");
        return own.isTextual() || own.isObject()
                ? own
                : test.json().path("options").path("provider");
    }

    /** Adds the mistakes in a declaration, even if it is not needed. */
    static void check(JsonNode declared, String place, Mistakes mistakes) {
        Set<String> known = declared.has("id") ? ProviderReader.KEYS : KINDS;
        declared.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                mistakes.suspicion(
                        place, "unknown key '" + name + "' in a judge." + Suggestion.didYouMean(name, known));
            } else if (KINDS.contains(name)) {
                check(declared.path(name), place, mistakes);
            }
        });
        if (declared.path("id").asText().startsWith("openai:")
                && declared.path("config").has("apiBaseUrl")) {
            try {
                new OpenAiEndpoint(
                        spec(declared.path("id").asText(), (ObjectNode) declared.path("config")), "", Map.of());
            } catch (InvalidInputException e) {
                mistakes.error(place, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Adds a mistake if an assertion of a test lacks a judge. */
    static void check(Assertion assertion, TestCase test, JsonNode fallback, String place, Mistakes mistakes) {
        JsonNode declared = declared(assertion, test);
        for (Kind kind : Checks.asks(assertion.baseType())) {
            Optional<ProviderSpec> found = find(kind, declared).or(() -> find(kind, fallback));
            if (found.isEmpty()) {
                mistakes.error(
                        place,
                        "the assertion " + assertion.type() + " needs "
                                + (kind == Kind.TEXT
                                        ? "a judge, but none is configured. Set provider: openai:chat:MODEL with"
                                        : "an embedding model, but none is configured. Set provider:"
                                                + " openai:embedding:MODEL with")
                                + " config.apiBaseUrl, under defaultTest.options, or configure a default: evaluation.judge"
                                + " in a spec, ft.judge.model for ft:promptfoo.");
            } else if (!isKnown(found.get().type(), kind)) {
                mistakes.error(
                        place,
                        "the judge " + found.get().type() + " is not supported. Supported are openai:chat:MODEL and"
                                + " openai:embedding:MODEL with config.apiBaseUrl, and http(s) URLs.");
            }
        }
    }

    private static boolean isKnown(String id, Kind kind) {
        return kind == Kind.EMBEDDING
                ? id.length() > id.lastIndexOf(':') + 1
                : id.equals("echo")
                        || id.equals("http")
                        || id.equals("https")
                        || id.matches("https?://.+|openai:chat:.+");
    }
}
