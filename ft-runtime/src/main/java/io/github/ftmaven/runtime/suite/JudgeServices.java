package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.GradingServices;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.assertion.Response;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Judges, embeddings and webhooks over HTTP, as a suite and the default configure them. */
final class JudgeServices implements GradingServices {
    private final JsonNode fallback;
    private final Map<String, String> environment;
    private final Function<ProviderSpec, Provider> providers;
    private final Map<ProviderSpec, Provider> judges = new ConcurrentHashMap<>();
    private final Map<ProviderSpec, OpenAiEmbedding> embeddings = new ConcurrentHashMap<>();
    private final HttpExchange webhooks;

    /**
     * Prepares the services; each starts with its first request.
     *
     * @param fallback the default judge; missing for none
     * @param environment the variables of the process and the suite
     * @param providers creates a provider that answers prompts
     */
    JudgeServices(JsonNode fallback, Map<String, String> environment, Function<ProviderSpec, Provider> providers) {
        this.fallback = fallback;
        this.environment = environment;
        this.providers = providers;
        this.webhooks = HttpExchange.ofWebhooks(environment);
    }

    @Override
    public Response ask(JsonNode declared, String prompt, ObjectNode vars) throws CheckException {
        ProviderSpec spec = find(Kind.TEXT, declared);
        try {
            return judges.computeIfAbsent(spec, providers).ask(prompt, vars);
        } catch (ProviderException e) {
            throw new CheckException("the judge " + spec.id() + ": " + e.getMessage());
        }
    }

    @Override
    public Embedding embed(JsonNode declared, String text) throws CheckException {
        ProviderSpec spec = find(Kind.EMBEDDING, declared);
        try {
            return embeddings
                    .computeIfAbsent(spec, absent -> new OpenAiEmbedding(absent, environment))
                    .embed(text);
        } catch (ProviderException e) {
            throw new CheckException("the judge " + spec.id() + ": " + e.getMessage());
        }
    }

    private ProviderSpec find(Kind kind, JsonNode declared) throws CheckException {
        return JudgeReader.find(kind, declared)
                .or(() -> JudgeReader.find(kind, fallback))
                .orElseThrow(() -> new CheckException("no judge is configured"));
    }

    @Override
    public JsonNode post(String address, JsonNode body) throws CheckException {
        try {
            String answer = webhooks.send(
                    URI.create(address), "POST", Map.of("Content-Type", "application/json"), body.toString());
            return Js.parse(answer)
                    .orElseThrow(() -> new CheckException("webhook: " + HttpExchange.server(URI.create(address))
                            + " did not answer with JSON: " + HttpExchange.shortened(answer)));
        } catch (ProviderException e) {
            throw new CheckException("webhook: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CheckException("webhook: its value is not a URL");
        }
    }
}
