package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** A model that grades, behind a server that speaks OpenAI's protocol. */
public record Judge(
        @Doc("Its name, as the server knows it.") String model,

        @Doc("The server's address, up to and with /v1.") String url,

        @Doc("The environment variable that holds the server's key; none when absent.") @Nullable
        String apiKeyEnvironment,

        @Doc("The name of the server's model that embeds texts, for similar and answer-relevance.") @Nullable
        String embedding) {}
