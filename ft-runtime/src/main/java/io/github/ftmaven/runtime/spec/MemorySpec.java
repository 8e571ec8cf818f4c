package io.github.ftmaven.runtime.spec;

/** What stays in the device's memory. */
public record MemorySpec(
        @Doc("Whether the backward pass recomputes layers to save memory.")
        GradientCheckpointing gradientCheckpointing,

        @Doc(
                "Where the weights of frozen layers are between their turns. layers leaves them in host memory and brings each"
                        + " to the device when it is needed, in training and in evaluation; the result is the same to the bit,"
                        + " and every layer is recomputed. auto does so if the weights take more than four fifths of the"
                        + " device's free memory.")
        Offload offload) {}
