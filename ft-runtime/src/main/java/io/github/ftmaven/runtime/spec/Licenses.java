package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** The licences of what is packaged and of what it was made from. */
public record Licenses(
        @Doc("That of the packaged fine-tune.") @Nullable String artifact,

        @Doc("That of the base model.") @Nullable String base,
        @Doc("That of the examples.") @Nullable String dataset) {}
