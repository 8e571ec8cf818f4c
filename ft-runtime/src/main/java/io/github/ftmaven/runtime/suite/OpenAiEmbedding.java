package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ftmaven.runtime.assertion.GradingServices.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code openai:embedding:MODEL}: a server with OpenAI's embeddings API. */
final class OpenAiEmbedding {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String model;
    private final OpenAiEndpoint endpoint;

    OpenAiEmbedding(ProviderSpec spec, Map<String, String> environment) {
        this.model = spec.type().replaceFirst("openai:embeddings?:", "");
        this.endpoint = new OpenAiEndpoint(spec, "/embeddings", environment);
    }

    Embedding embed(String text) throws ProviderException {
        JsonNode answer = endpoint.post(JSON.objectNode().put("input", text).put("model", model));
        List<Double> vector = new ArrayList<>();
        boolean finite = true;
        for (JsonNode number : answer.path("data").path(0).path("embedding")) {
            vector.add(number.doubleValue());
            finite &= number.isNumber() && Double.isFinite(number.doubleValue());
        }
        if (vector.isEmpty() || !finite) {
            throw new ProviderException(
                    endpoint.name() + " answered without an embedding: " + HttpExchange.shortened(answer.toString()));
        }
        return new Embedding(vector, OpenAiEndpoint.tokens(answer));
    }
}
