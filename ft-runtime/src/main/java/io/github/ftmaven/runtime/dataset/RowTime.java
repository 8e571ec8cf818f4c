package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * When a row was made: a date, a date and time in UTC unless it names an offset, or a number.
 *
 * @param number seconds since 1970 if the row has a date
 * @param written as the row has it
 */
record RowTime(BigDecimal number, boolean dated, String written) implements Comparable<RowTime> {
    /** No more, because sums of numbers with huge exponents need all their digits. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern WITH_BLANK = Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d) ");
    private static final Pattern OFFSET = Pattern.compile(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$");

    /**
     * Reads a time.
     *
     * @param where the row and the key, for the message
     */
    static RowTime read(String where, String text) {
        String written = text.strip();
        if (NUMBER.matcher(written).matches()) {
            return new RowTime(new BigDecimal(written), false, written);
        }
        try {
            Instant at = instant(WITH_BLANK.matcher(written).replaceFirst("$1T"));
            return new RowTime(
                    BigDecimal.valueOf(at.getEpochSecond()).add(BigDecimal.valueOf(at.getNano(), 9)), true, written);
        } catch (DateTimeException e) {
            throw new InvalidInputException(
                    where
                            + " is no time. Write a date (2026-01-31), a date and time (2026-01-31T09:30:00Z), or a number.",
                    e);
        }
    }

    private static Instant instant(String text) {
        if (DATE.matcher(text).matches()) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        String time = text.substring(text.indexOf('T') + 1);
        if (!OFFSET.matcher(time).matches()) {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        }
        return OffsetDateTime.parse(text).toInstant();
    }

    @Override
    public int compareTo(RowTime other) {
        return number.compareTo(other.number);
    }

    /** Whether both times are dates, or both are numbers. */
    boolean isLike(RowTime other) {
        return dated == other.dated;
    }
}
