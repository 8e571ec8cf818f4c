package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a server with OpenAI's API, found as promptfoo does: {@code config.apiHost} or {@code apiBaseUrl}, then
 * {@code OPENAI_API_HOST}, {@code OPENAI_API_BASE_URL} and {@code OPENAI_BASE_URL}. The key is {@code config.apiKey},
 * the variable that {@code apiKeyEnvar} names, or {@code OPENAI_API_KEY}.
 */
final class OpenAiEndpoint {
    private static final JsonMapper JSON = Json.lenient();
    private static final String DEFAULT_BASE = "https://api.openai.com/v1";

    private final ObjectNode config;
    private final URI uri;
    private final String variable;
    private final @Nullable String key;
    private final HttpExchange http;

    /**
     * Finds the endpoint.
     *
     * @throws InvalidInputException if the URL is not valid
     */
    OpenAiEndpoint(ProviderSpec spec, String path, Map<String, String> environment) {
        this.config = spec.config();
        this.uri = address(spec.type(), base(environment).replaceFirst("/+$", "") + path);
        this.variable = config.path("apiKeyEnvar").asText("OPENAI_API_KEY");
        this.key = config.has("apiKey") ? config.path("apiKey").asText() : environment.get(variable);
        this.http = HttpExchange.ofProviders(environment);
    }

    private String base(Map<String, String> environment) {
        if (config.has("apiHost")) {
            return "https://" + config.path("apiHost").asText() + "/v1";
        }
        if (config.has("apiBaseUrl")) {
            return config.path("apiBaseUrl").asText();
        }
        if (environment.containsKey("OPENAI_API_HOST")) {
            return "https://" + environment.get("OPENAI_API_HOST") + "/v1";
        }
        return environment.getOrDefault(
                "OPENAI_API_BASE_URL", environment.getOrDefault("OPENAI_BASE_URL", DEFAULT_BASE));
    }

    private static URI address(String provider, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Another scheme gets the same message.
        }
        throw new InvalidInputException(
                "the provider " + provider + ": its apiBaseUrl is not a URL. Use one like http://localhost:8000/v1.");
    }

    /** The server's name in messages. */
    String name() {
        return HttpExchange.server(uri);
    }

    /** The answer to a request that includes {@code config.passthrough}. */
    JsonNode post(ObjectNode body) throws ProviderException {
        if (key == null && !variable.isEmpty() && config.has("apiKeyEnvar")) {
            throw new ProviderException("the environment variable " + variable + " with its API key is not set");
        }
        if (config.path("passthrough").isObject()) {
            body.setAll((ObjectNode) config.get("passthrough"));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        if (key != null && !key.isEmpty()) {
            headers.put("Authorization", "Bearer " + key);
        }
        config.path("headers")
                .properties()
                .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
        String answer = http.send(uri, "POST", headers, body.toString());
        try {
            return JSON.readTree(answer);
        } catch (StreamConstraintsException e) {
            throw new ProviderException(name() + " answered with invalid JSON: "
                    + JsonProblem.of(e).text() + ": " + HttpExchange.shortened(answer));
        } catch (JsonProcessingException e) {
            throw new ProviderException(name() + " did not answer with JSON: " + HttpExchange.shortened(answer));
        }
    }

    /** The token counts of an answer, as far as the server reports them. */
    static Response.Tokens tokens(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        return new Response.Tokens(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong());
    }
}
