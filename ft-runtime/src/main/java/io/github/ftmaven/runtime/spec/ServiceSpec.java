package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** An account at a service that fine-tunes. */
public record ServiceSpec(
        @Doc("The service's base URL, up to and including /v1. By default Together's own; openai needs one.") @Nullable
        String url,

        @Doc("The service's name of the base. By default the name of base.model, if that is a model of the hub.")
        @Nullable
        String model,

        @Doc("The environment variable that holds the API key.") @Nullable
        String apiKeyEnvironment,

        @Doc("The id of the server in Maven's settings whose password is the API key.") @Nullable
        String server,

        @Doc("The most that a job may cost, in the service's currency. A service that does not say what a job costs is"
                + " refused then.")
        @Bounds(above = 0)
        @Nullable
        Double maxPrice,

        @Doc(
                "What an interrupted build does with its job: leave, which is the default, or cancel. The next build joins a job"
                        + " that still runs.")
        @Nullable
        OnStop onStop) {
    /** Whether an interrupted build cancels its job. */
    public boolean cancels() {
        return onStop == OnStop.CANCEL;
    }
}
