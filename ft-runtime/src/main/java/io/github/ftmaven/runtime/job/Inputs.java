package io.github.ftmaven.runtime.job;

import org.jspecify.annotations.Nullable;

/**
 * What a spec names, on this machine.
 *
 * @param base the base model's directory
 * @param display how messages call it
 * @param name its public name: what an adapter's {@code base_model_name_or_path} says
 * @param revision the commit of a hub's model
 * @param startFrom the directory or the jar of the adapter that training goes on from
 */
public record Inputs(
        String base,
        String display,
        String name,
        @Nullable String revision,
        @Nullable String startFrom) {}
