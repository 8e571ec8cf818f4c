package io.github.ftmaven.plugin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something that a spec names, on this machine.
 *
 * @param path the directory, or a jar that holds an adapter
 * @param display how messages call it
 * @param name what the world calls it: a model's name on its hub, coordinates, or what is declared
 * @param revision the commit of a hub's model
 */
public record Located(
        Path path, String display, String name, @Nullable String revision) {}
