package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The released adapter on this machine.
 *
 * @param baseline identifies it, or says why there is none
 * @param jar its file; null if there is none
 * @param base its own base model; null if it is not on this machine
 * @param problem one sentence about why it is not
 */
public record ReleasedModel(
        ReleasedAdapter baseline,
        @Nullable String jar,
        @Nullable Inputs base,
        @Nullable String problem) {}
