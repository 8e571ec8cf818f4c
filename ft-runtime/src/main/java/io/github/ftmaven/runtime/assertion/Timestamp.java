package io.github.ftmaven.runtime.assertion;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The timestamps of YAML 1.1, which js-yaml converts to dates. */
final class Timestamp {
    private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
    private static final Pattern MOMENT = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \\t]++)"
            + "([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\\.[0-9]*+)?"
            + "(?:[ \\t]*+(?:Z|[-+]([0-9]{1,2})(?::([0-9]{2}))?))?");

    private Timestamp() {}

    static boolean is(String text) {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return isDate(date);
        }
        Matcher moment = MOMENT.matcher(text);
        return moment.matches()
                && isDate(moment)
                && number(moment, 4) < 24
                && number(moment, 5) < 60
                && number(moment, 6) < 60
                && (moment.group(7) == null || number(moment, 7) < 24)
                && (moment.group(8) == null || number(moment, 8) < 60);
    }

    private static boolean isDate(Matcher text) {
        try {
            LocalDate.of(number(text, 1), number(text, 2), number(text, 3));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static int number(Matcher text, int group) {
        return Integer.parseInt(text.group(group));
    }
}
