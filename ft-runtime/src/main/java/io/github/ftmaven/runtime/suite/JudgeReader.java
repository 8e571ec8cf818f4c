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
 * Who judges: what {@code provider} of an assertion or {@code options.provider} of its test names, a provider or one for
 * each of {@code text} and {@code embedding}; where these say nothing, the default.
 */
public final class JudgeReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> KINDS = Set.of("text", "embedding", "classification", "moderation");
    private static final List<String> EMBEDDING = List.of("openai:embedding:", "openai:embeddings:");

    private JudgeReader() {}

    /**
     * A default judge, as a suite would declare it.
     *
     * @param model its name, as its server knows it
     * @param url of its server, up to and with {@code /v1}
     * @param apiKeyEnvironment the environment variable that holds its key; null for none
     * @param embedding the name of the model that embeds; null for none
     * @throws InvalidInputException if the address is none
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

    /** Whom a declaration names for a purpose; empty if it says nothing about it. */
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

    /** Whom an assertion of a test names itself; missing if neither does. */
    static JsonNode declared(Assertion assertion, TestCase test) {
        JsonNode own = assertion.json().path("provider");
        return own.isTextual() || own.isObject()
                ? own
                : test.json().path("options").path("provider");
    }

    /** Adds what is wrong with a declaration, whether it is needed or not. */
    static void check(JsonNode declared, String place, Mistakes mistakes) {
        Set<String> known = declared.has("id") ? ProviderReader.KEYS : KINDS;
        declared.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                mistakes.suspicion(
                        place, "unknown key '" + name + "' of a judge." + Suggestion.didYouMean(name, known));
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

    /** Adds what an assertion of a test lacks. */
    static void check(Assertion assertion, TestCase test, JsonNode fallback, String place, Mistakes mistakes) {
        JsonNode declared = declared(assertion, test);
        for (Kind kind : Checks.asks(assertion.baseType())) {
            Optional<ProviderSpec> found = find(kind, declared).or(() -> find(kind, fallback));
            if (found.isEmpty()) {
                mistakes.error(
                        place,
                        "the assertion " + assertion.type() + " needs "
                                + (kind == Kind.TEXT
                                        ? "a judge, and none is named. Write provider: openai:chat:MODEL, with"
                                        : "embeddings, and nobody is named for them. Write provider:"
                                                + " openai:embedding:MODEL, with")
                                + " config.apiBaseUrl, under defaultTest.options, or name a default: evaluation.judge"
                                + " in a spec, ft.judge.model for ft:promptfoo.");
            } else if (!isKnown(found.get().type(), kind)) {
                mistakes.error(
                        place,
                        "the judge " + found.get().type() + " is not known here. Known are openai:chat:MODEL and"
                                + " openai:embedding:MODEL with config.apiBaseUrl, and http(s) addresses.");
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
