package io.github.ftmaven.runtime.memory;

import java.util.List;

/**
 * The memory that a goal takes at its peak.
 *
 * @param parts on the device that computes
 * @param onHost what is in the machine's memory beside it, for a device with memory of its own
 * @param whileLoading the peak before the work begins, where it is larger than the sum of the parts; otherwise 0
 */
public record Estimate(List<Part> parts, long onHost, long whileLoading) {
    /** Copies the list. */
    public Estimate {
        parts = List.copyOf(parts);
    }

    /** The most that the device holds at any time. */
    public long peak() {
        return Math.max(whileLoading, sum());
    }

    private long sum() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }
}
