package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The released adapter on this machine.
 *
 * @param baseline which one, or why there is none
 * @param jar its file, null where there is none
 * @param base its own base model, null where that is not on this machine
 * @param problem why it is not, in a sentence
 */
public record ReleasedModel(
        ReleasedAdapter baseline,
        @Nullable String jar,
        @Nullable Inputs base,
        @Nullable String problem) {}
