package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.ScriptException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends the prompt to a URL: {@code config} has method, headers, body and {@code transformResponse}. */
final class HttpProvider implements Provider {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ProviderSpec spec;
    private final PromptRendering rendering;
    private final JavaScript scripts;
    private final HttpExchange http;

    HttpProvider(ProviderSpec spec, PromptRendering rendering, JavaScript scripts, Map<String, String> environment) {
        this.spec = spec;
        this.rendering = rendering;
        this.scripts = scripts;
        this.http = HttpExchange.ofProviders(environment);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public Response ask(String prompt, ObjectNode vars) throws ProviderException {
        ObjectNode all = vars.deepCopy().put("prompt", prompt);
        ObjectNode config = spec.config();
        try {
            String address = config.path("url").asText(spec.type());
            String method = config.path("method").asText(config.has("body") ? "POST" : "GET");
            Map<String, String> headers = new LinkedHashMap<>();
            JsonNode body = config.path("body");
            if (body.isContainerNode()) {
                headers.put("Content-Type", "application/json");
            }
            for (Map.Entry<String, JsonNode> header : config.path("headers").properties()) {
                headers.put(
                        header.getKey(), rendering.configured(header.getValue().asText(), all));
            }
            String content = body.isMissingNode()
                    ? ""
                    : body.isTextual()
                            ? rendering.configured(body.textValue(), all)
                            : rendering.configured(Js.stringify(body), all);
            URI uri = URI.create(rendering.configured(address, all));
            long start = System.nanoTime();
            String answer = http.send(uri, method, headers, content);
            long latency = (System.nanoTime() - start) / 1_000_000;
            return new Response(output(answer), latency, null, null, null, Response.Tokens.NONE);
        } catch (CheckException e) {
            throw new ProviderException(spec.id() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            // The exception's message quotes the whole URL, or the whole header.
            throw new ProviderException(spec.id() + ": its URL or one of its headers is not valid");
        }
    }

    private JsonNode output(String answer) throws ProviderException {
        JsonNode json = Js.parse(answer).orElse(TextNode.valueOf(answer));
        JsonNode transform = spec.config().path("transformResponse");
        if (!transform.isTextual()) {
            return json;
        }
        ObjectNode argument =
                JSON.objectNode().put("code", transform.textValue().stripTrailing());
        argument.putArray("names").add("json").add("text");
        argument.putArray("values").add(json).add(answer);
        try {
            JsonNode output = scripts.call("evaluate", argument);
            if (output.isMissingNode() || output.isNull()) {
                throw new ProviderException(
                        spec.id() + ": transformResponse found nothing in " + HttpExchange.shortened(answer));
            }
            return output;
        } catch (ScriptException e) {
            throw new ProviderException(spec.id() + ": transformResponse failed: " + e.getMessage());
        }
    }
}
