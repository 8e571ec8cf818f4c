package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** A different rank or alpha for modules whose name, or its end after a dot, matches a regular expression. */
public record ModulePattern(
        @Doc("A regular expression that matches a module's whole name, or its end after a dot.")
        String modules,

        @Doc("The rank of the matching modules.") @Bounds(min = 1) @Nullable
        Integer rank,

        @Doc("The alpha of the matching modules.") @Bounds(above = 0) @Nullable
        Double alpha) {}
