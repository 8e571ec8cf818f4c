package io.github.ftmaven.runtime.job;

import org.jspecify.annotations.Nullable;

/**
 * The inputs that a spec names, as found on this machine.
 *
 * @param base the base model's directory
 * @param display the base's name in messages
 * @param name the base's public name, for {@code base_model_name_or_path} of an adapter
 * @param revision the commit of a model from a hub
 * @param startFrom the directory or jar of the adapter to continue from
 */
public record Inputs(
        String base,
        String display,
        String name,
        @Nullable String revision,
        @Nullable String startFrom) {}
