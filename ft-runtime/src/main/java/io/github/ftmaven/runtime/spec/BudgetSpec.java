package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** What the answers of a model may cost. */
public record BudgetSpec(
        @Doc("What the model costs.") @Nullable TokenPrice price,

        @Doc("The most that one run may cost, in the currency of price.") @Bounds(min = 0) @Nullable
        Double maxPrice,

        @Doc("The most requests of one run. ft:distill requires it without a price.") @Bounds(min = 1) @Nullable
        Integer maxRequests) {}
