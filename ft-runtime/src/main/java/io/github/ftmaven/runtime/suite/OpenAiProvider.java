package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code openai:chat:MODEL}: a server that speaks OpenAI's chat completions, such as vLLM or llama.cpp. */
final class OpenAiProvider implements Provider {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DEFAULT_BASE = "https://api.openai.com/v1";
    private static final List<String> PASSED_ON = List.of(
            "temperature",
            "max_tokens",
            "max_completion_tokens",
            "top_p",
            "frequency_penalty",
            "presence_penalty",
            "stop",
            "seed",
            "response_format",
            "tools",
            "tool_choice");

    private final String model;
    private final ObjectNode config;
    private final URI uri;
    private final String key;
    private final HttpExchange http = new HttpExchange();

    OpenAiProvider(ProviderSpec spec, Map<String, String> environment) {
        this.model = spec.type().substring("openai:chat:".length());
        this.config = spec.config();
        String base = config.path("apiBaseUrl").asText(environment.getOrDefault("OPENAI_BASE_URL", DEFAULT_BASE));
        this.uri = address(spec.type(), base.replaceFirst("/+$", "") + "/chat/completions");
        String variable = config.path("apiKeyEnvar").asText("OPENAI_API_KEY");
        this.key = config.path("apiKey").asText(environment.getOrDefault(variable, ""));
    }

    private static URI address(String provider, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The same as another scheme.
        }
        throw new InvalidInputException("the provider " + provider
                + ": its apiBaseUrl is no address. Write one like http://localhost:8000/v1.");
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public Response ask(String prompt, ObjectNode vars) throws ProviderException {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.set("messages", messages(prompt));
        body.put("temperature", 0);
        body.put("max_tokens", 1024);
        PASSED_ON.stream().filter(config::has).forEach(name -> body.set(name, config.get(name)));
        if (config.path("passthrough").isObject()) {
            body.setAll((ObjectNode) config.get("passthrough"));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        if (!key.isEmpty()) {
            headers.put("Authorization", "Bearer " + key);
        }
        config.path("headers")
                .properties()
                .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
        long start = System.nanoTime();
        String answer = http.send(uri, "POST", headers, body.toString());
        long latency = (System.nanoTime() - start) / 1_000_000;
        try {
            return response(JSON.readTree(answer), latency);
        } catch (JsonProcessingException e) {
            throw new ProviderException(
                    uri.getAuthority() + " answers with no JSON: " + HttpExchange.shortened(answer));
        }
    }

    private Response response(JsonNode answer, long latency) throws ProviderException {
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (message.isMissingNode()) {
            throw new ProviderException(
                    uri.getAuthority() + " answers without a message: " + HttpExchange.shortened(answer.toString()));
        }
        JsonNode calls = message.path("tool_calls");
        JsonNode output = calls.isArray() && !calls.isEmpty() ? calls : message.path("content");
        List<Double> logProbs = new ArrayList<>();
        choice.path("logprobs")
                .path("content")
                .forEach(token -> logProbs.add(token.path("logprob").asDouble()));
        JsonNode usage = answer.path("usage");
        return new Response(
                output.isNull() || output.isMissingNode() ? TextNode.valueOf("") : output,
                latency,
                null,
                choice.path("finish_reason").isTextual()
                        ? choice.path("finish_reason").textValue()
                        : null,
                logProbs.isEmpty() ? null : logProbs,
                new Response.Tokens(
                        usage.path("prompt_tokens").asLong(),
                        usage.path("completion_tokens").asLong()));
    }

    /** A prompt that is a list of messages, in JSON or YAML, is sent as one; any other is the user's. */
    private static JsonNode messages(String prompt) {
        Optional<JsonNode> json = Js.parse(prompt);
        if (json.isPresent() && isMessages(json.get())) {
            return json.get();
        }
        if (prompt.stripLeading().startsWith("- role:")) {
            try {
                JsonNode yaml = YamlTree.read(prompt.getBytes(StandardCharsets.UTF_8), "prompt")
                        .root();
                if (isMessages(yaml)) {
                    return yaml;
                }
            } catch (InvalidInputException e) {
                // Then it is text.
            }
        }
        return JSON.createArrayNode()
                .add(JSON.createObjectNode().put("role", "user").put("content", prompt));
    }

    private static boolean isMessages(JsonNode node) {
        return node.isArray() && !node.isEmpty() && node.get(0).has("role");
    }
}
