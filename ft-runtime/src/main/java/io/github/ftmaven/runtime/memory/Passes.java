package io.github.ftmaven.runtime.memory;

/**
 * How a training trades time for memory; the gradients are bit-identical either way.
 *
 * @param recompute whether the backward pass recomputes each layer from its input
 * @param layersOnHost whether frozen layers wait in the machine's memory for their turn on the device
 */
public record Passes(boolean recompute, boolean layersOnHost) {}
