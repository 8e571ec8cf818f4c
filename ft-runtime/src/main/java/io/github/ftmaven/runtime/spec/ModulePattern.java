package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** Another rank or alpha for the modules that a regular expression matches, wholly or from a dot on. */
public record ModulePattern(
        @Doc("A regular expression for a module's name, or for its end from a dot on.")
        String modules,

        @Doc("Their rank.") @Bounds(min = 1) @Nullable Integer rank,

        @Doc("Their alpha.") @Bounds(above = 0) @Nullable Double alpha) {}
