package io.github.ftmaven.runtime.memory;

import java.util.List;

/**
 * Keys of the spec whose change would make a training fit.
 *
 * @param changes each as the spec would have it, such as {@code base.quantization: nf4}
 * @param peak bytes that the training then takes
 */
public record Remedy(List<String> changes, long peak) {
    /** Copies the list. */
    public Remedy {
        changes = List.copyOf(changes);
    }

    /** The changes in one clause. */
    public String shown() {
        int last = changes.size() - 1;
        return last == 0 ? changes.get(0) : String.join(", ", changes.subList(0, last)) + " and " + changes.get(last);
    }
}
