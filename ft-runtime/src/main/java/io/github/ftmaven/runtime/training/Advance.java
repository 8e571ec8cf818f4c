package io.github.ftmaven.runtime.training;

import java.util.List;
import java.util.Optional;

/** Takes a training from its weights to the next ones that it validates and saves. */
interface Advance {
    /**
     * Takes one or more optimizer steps.
     *
     * @param step the steps that were taken before
     * @return the steps in their order. None if the listener asked to stop on the way: the weights are then those of before
     */
    List<TakenStep> from(int step);

    /** What computes within the memory that there is. */
    Accumulation accumulation();

    /** A warning before the first step, if one is due. */
    Optional<String> warning();
}
