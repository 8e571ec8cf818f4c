package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.spec.GradientCheckpointing;

/**
 * How a training uses the memory of a device.
 *
 * @param setup with the micro-batch that fits, which is the declared one wherever that may fit
 * @param passes what is recomputed, and where frozen layers are
 * @param room bytes that the device has, for all parts
 */
public record MemoryPlan(Setup setup, Passes passes, long room) {
    /** Of the room, for a training that recomputes nothing: other programs need some, and estimates are not exact. */
    private static final double SHARE = 0.8;

    /** A plan that is wrong by this much may still fit. */
    private static final double TOLERANCE = 0.85;

    /**
     * Plans a training with all sequences as long as the longest.
     *
     * @param room bytes that the device has before anything is loaded
     */
    public static MemoryPlan of(Setup setup, long room) {
        return of(setup, setup.batch(), room);
    }

    /**
     * Plans a training. Recomputing changes no bit of the result, and is chosen where memory is scarce. A smaller
     * micro-batch changes the order of sums: it is chosen only where the declared one cannot fit.
     *
     * @param batch the largest that is computed at once with the declared micro-batch
     * @param room bytes that the device has before anything is loaded
     */
    public static MemoryPlan of(Setup setup, Batch batch, long room) {
        MemoryPlan plan = new MemoryPlan(setup, passes(setup, batch, room), room);
        if (plan.mayFit(batch)) {
            return plan;
        }
        MemoryPlan best = plan;
        int tokens = setup.microBatchTokens();
        Setup smaller = setup;
        while (smaller.batch().sequences() > 1 && !(best.isSmallerThan(setup) && best.fits())) {
            tokens = (int)
                    Math.max(setup.longest(), Math.min(tokens, smaller.batch().tokens()) / 2);
            smaller = setup.with(tokens, setup.longest());
            MemoryPlan next = new MemoryPlan(smaller, passes(smaller, smaller.batch(), room), room);
            best = next.mayFit() ? next : best;
        }
        return best;
    }

    private static Passes passes(Setup setup, Batch batch, long room) {
        Passes keepAll = new Passes(false, false);
        boolean recompute = switch (setup.checkpointing()) {
            case ON -> true;
            case OFF -> false;
            case AUTO ->
                // Without recomputation the backward pass would keep the dequantized weights of all layers at once.
                setup.memory().held().isQuantized()
                        || setup.memory().of(batch, keepAll).peak() > SHARE * room;
        };
        boolean onHost = onHost(setup, batch, recompute, room);
        return new Passes(recompute || onHost, onHost);
    }

    /** Leaving layers on the host changes no bit either, but costs time for each step. */
    private static boolean onHost(Setup setup, Batch batch, boolean recompute, long room) {
        return switch (setup.offload()) {
            case NONE -> false;
            case LAYERS -> setup.memory().mayLeaveLayers();
            case AUTO ->
                setup.memory().held().isOnGpu()
                        && setup.memory().mayLeaveLayers()
                        && setup.checkpointing() != GradientCheckpointing.OFF
                        && setup.memory()
                                        .of(batch, new Passes(recompute, false))
                                        .peak()
                                > room;
        };
    }

    /** The estimate for sequences as long as the longest. */
    public Estimate estimate() {
        return setup.memory().of(setup.batch(), passes);
    }

    /** Whether there is memory enough, if the estimate is right. */
    public boolean fits() {
        return estimate().peak() <= room;
    }

    /** Whether there may be memory enough, because an estimate may be too high. */
    public boolean mayFit() {
        return mayFit(setup.batch());
    }

    /** The same for the largest batch that is computed at once. */
    public boolean mayFit(Batch batch) {
        return TOLERANCE * setup.memory().of(batch, passes).peak() <= room;
    }

    /** Whether the micro-batch is smaller than a declared one. */
    public boolean isSmallerThan(Setup declared) {
        return setup.microBatchTokens() < declared.microBatchTokens();
    }

    /** Whether recomputing was left to the plan. */
    public boolean isFree() {
        return setup.checkpointing() == GradientCheckpointing.AUTO;
    }
}
