package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** What is needed of a service that keeps the weights. */
public record KeptSpec(
        @Doc(
                "Whether the service gives the weights back: returned, which is the default, or kept. A pointer to kept weights is"
                        + " packaged in their place, and the service answers the questions of the evaluation.")
        @Nullable
        Handover weights,

        @Doc(
                "With kept weights: the name under which the fine-tune is deployed, if it differs from the model's. {key} in it"
                        + " are the first twelve digits of the training's key.")
        @Nullable
        String deployment,

        @Doc("With kept weights: the name under which the base answers, if it differs from model.") @Nullable
        String baseDeployment,

        @Doc("With kept weights: what the answers of one evaluation may cost. By default there is no bound.") @Nullable
        BudgetSpec evaluation) {
    /** Where the key of the training goes in {@link #deployment}. */
    public static final String KEY = "{key}";

    private static final int DIGITS = 12;

    /** Whether the service keeps the weights. */
    public boolean keeps() {
        return weights == Handover.KEPT;
    }

    /** The name under which a fine-tune is deployed; null if it is the model's own. */
    public @Nullable String deploymentOf(String key) {
        return deployment == null ? null : deployment.replace(KEY, key.substring(0, Math.min(DIGITS, key.length())));
    }
}
