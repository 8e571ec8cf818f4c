package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** {@code project.build.outputTimestamp}: the timestamp of archive entries. */
public final class OutputTimestamp {
    /** For projects that set none. 1 January 1980 would be the day before in western time zones, before zip's epoch. */
    static final Instant DEFAULT = Instant.parse("1980-02-01T00:00:00Z");

    private OutputTimestamp() {}

    /**
     * The timestamp to use.
     *
     * @param value an ISO 8601 time with offset, or seconds since 1970; null, empty or a single letter if none is set
     * @throws InvalidInputException if it is not a time, or outside the range of a zip file
     */
    public static Instant parse(@Nullable String value) {
        if (value == null || value.isEmpty() || (value.length() == 1 && !Character.isDigit(value.charAt(0)))) {
            return DEFAULT;
        }
        Instant time;
        try {
            time = value.chars().allMatch(Character::isDigit)
                    ? Instant.ofEpochSecond(Long.parseLong(value))
                    : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            throw new InvalidInputException(
                    "project.build.outputTimestamp: '" + value
                            + "' is not a time. Write one such as 2026-01-31T12:00:00Z, or seconds since 1970.",
                    e);
        }
        if (time.isBefore(Instant.parse("1980-01-01T00:00:02Z"))
                || time.isAfter(Instant.parse("2099-12-31T23:59:59Z"))) {
            throw new InvalidInputException("project.build.outputTimestamp: '" + value
                    + "' is outside the range of a jar: 1980-01-01T00:00:02Z to 2099-12-31T23:59:59Z.");
        }
        return time;
    }
}
