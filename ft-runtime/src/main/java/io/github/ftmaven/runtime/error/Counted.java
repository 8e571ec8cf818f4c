package io.github.ftmaven.runtime.error;

import java.util.Locale;

/** Counts as messages write them: {@code 1 row}, {@code 2,800 rows}. */
public final class Counted {
    private Counted() {}

    /** A count with a noun whose plural ends in s. */
    public static String of(long count, String singular) {
        return of(count, singular, singular + "s");
    }

    /** A count with a noun and its plural. */
    public static String of(long count, String singular, String plural) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? singular : plural);
    }
}
