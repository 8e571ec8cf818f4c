package io.github.ftmaven.plugin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model or adapter of the spec on this machine.
 *
 * @param path the directory, or a jar with an adapter
 * @param display its name in messages
 * @param name its public name: a model's name on its hub, coordinates, or the declaration
 * @param revision the commit of a hub's model
 */
public record Located(
        Path path, String display, String name, @Nullable String revision) {}
