package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** The licenses of the fine-tune, its base model and its dataset. */
public record Licenses(
        @Doc("License of the packaged fine-tune.") @Nullable String artifact,

        @Doc("License of the base model.") @Nullable String base,
        @Doc("License of the examples.") @Nullable String dataset) {}
