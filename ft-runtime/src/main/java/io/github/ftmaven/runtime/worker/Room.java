package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.training.PeakMemory;

/** What a plan may spend. */
final class Room {
    private Room() {}

    /** The bytes that the device has left, with those that this process already takes there. */
    static long of(Arena arena) {
        return arena.freeMemory() + (arena.isOnGpu() ? 0 : PeakMemory.now().orElse(0));
    }
}
