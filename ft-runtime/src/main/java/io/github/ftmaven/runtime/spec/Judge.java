package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** A model that grades, on a server with an OpenAI-compatible API. */
public record Judge(
        @Doc("The model's name on the server.") String model,

        @Doc("The server's base URL, up to and including /v1.")
        String url,

        @Doc("The environment variable that holds the API key. Without it no key is sent.") @Nullable
        String apiKeyEnvironment,

        @Doc("The server's embedding model, for similar and answer-relevance.") @Nullable
        String embedding) {}
