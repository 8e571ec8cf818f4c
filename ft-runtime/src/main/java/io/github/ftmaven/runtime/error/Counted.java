package io.github.ftmaven.runtime.error;

import java.util.Locale;

/** Numbers of things as messages say them: {@code 1 row}, {@code 2,800 rows}. */
public final class Counted {
    private Counted() {}

    /** So many of something whose plural ends in s. */
    public static String of(long count, String singular) {
        return of(count, singular, singular + "s");
    }

    /** So many of something. */
    public static String of(long count, String singular, String plural) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? singular : plural);
    }
}
