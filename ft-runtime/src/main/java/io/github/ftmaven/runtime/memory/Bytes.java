package io.github.ftmaven.runtime.memory;

import java.util.Locale;

/** Sizes as people read them. */
public final class Bytes {
    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    private Bytes() {}

    /** Two to three digits with a unit: {@code 12.4 GiB}, {@code 640 MiB}, {@code 3.1 KiB}. */
    public static String shown(long bytes) {
        if (bytes >= 999.5 * MIB) {
            return number(bytes / GIB) + " GiB";
        }
        if (bytes >= 999.5 * KIB) {
            return number(bytes / MIB) + " MiB";
        }
        return bytes >= KIB ? number(bytes / KIB) + " KiB" : bytes + " B";
    }

    private static String number(double value) {
        String pattern = value >= 99.5 ? "%,.0f" : value >= 9.95 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
