package io.github.ftmaven.runtime.spec;

import java.util.Locale;

/** What a machine computes on. */
public enum RunDevice {
    /** Its processor. */
    CPU,
    /** Its NVIDIA GPU. */
    CUDA;

    /** The word of {@code ft.device}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
