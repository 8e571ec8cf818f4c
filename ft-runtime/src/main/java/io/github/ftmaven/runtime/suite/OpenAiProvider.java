package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code openai:chat:MODEL}: a server with OpenAI's chat completions API, such as vLLM or llama.cpp. */
final class OpenAiProvider implements Provider {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
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
            "tool_choice",
            "functions",
            "function_call");

    private final String model;
    private final ObjectNode config;
    private final OpenAiEndpoint endpoint;

    OpenAiProvider(ProviderSpec spec, Map<String, String> environment) {
        this.model = spec.type().substring("openai:chat:".length());
        this.config = spec.config();
        this.endpoint = new OpenAiEndpoint(spec, "/chat/completions", environment);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public Response ask(String prompt, ObjectNode vars) throws ProviderException {
        ObjectNode body = JSON.objectNode().put("model", model);
        body.set("messages", messages(prompt));
        body.put("temperature", 0);
        body.put("max_tokens", 1024);
        PASSED_ON.stream().filter(config::has).forEach(name -> body.set(name, config.get(name)));
        long start = System.nanoTime();
        JsonNode answer = endpoint.post(body);
        return response(answer, (System.nanoTime() - start) / 1_000_000);
    }

    private Response response(JsonNode answer, long latency) throws ProviderException {
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (message.isMissingNode()) {
            throw new ProviderException(
                    endpoint.name() + " answered without a message: " + HttpExchange.shortened(answer.toString()));
        }
        JsonNode output = output(message);
        List<Double> logProbs = new ArrayList<>();
        choice.path("logprobs")
                .path("content")
                .forEach(token -> logProbs.add(token.path("logprob").asDouble()));
        return new Response(
                output.isNull() || output.isMissingNode() ? TextNode.valueOf("") : output,
                latency,
                null,
                choice.path("finish_reason").isTextual()
                        ? choice.path("finish_reason").textValue()
                        : null,
                logProbs.isEmpty() ? null : logProbs,
                OpenAiEndpoint.tokens(answer));
    }

    /** The text or, if there are any, the tool calls; both with the whole message, as in promptfoo. */
    private static JsonNode output(JsonNode message) {
        JsonNode content = message.path("content");
        JsonNode tools = message.path("tool_calls");
        JsonNode call = message.path("function_call");
        boolean calls = call.isObject() || (tools.isArray() && !tools.isEmpty());
        if (message.path("refusal").isTextual()) {
            return message.path("refusal");
        }
        if (!calls) {
            return content;
        }
        boolean says = content.isTextual() && !content.textValue().isEmpty();
        return says ? message : call.isObject() ? call : tools;
    }

    /** The messages of a prompt: a list of messages in JSON or YAML as it is, any other text as a user message. */
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
                // Not JSON, so it is plain text.
            }
        }
        return JSON.arrayNode().add(JSON.objectNode().put("role", "user").put("content", prompt));
    }

    private static boolean isMessages(JsonNode node) {
        return node.isArray() && !node.isEmpty() && node.get(0).has("role");
    }
}
