package io.github.ftmaven.runtime.template;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code strftime} on Linux in the C locale: Python replaces {@code %f}, {@code %z} and {@code %Z}, and glibc
 * the rest, with its flags and widths.
 */
final class Strftime {
    private static final String FLAGS = "_-0^#";

    /** The codes that may follow the modifiers {@code E} and {@code O}, which change nothing in the C locale. */
    private static final String AFTER_E = "cCxXyY";

    private static final String AFTER_O = "deHIklmMsSuUVwWyBbh";

    private final ZonedDateTime time;
    private final String format;
    private final Text text = new Text();
    private int at;

    private Strftime(ZonedDateTime time, String format) {
        this.time = time;
        this.format = format;
    }

    static String format(ZonedDateTime time, String format) {
        return new Strftime(time, format).text();
    }

    /** Python grows its buffer up to this size; what does not fit then is an empty text. */
    private long limit() {
        long size = 1024;
        while (size < 256L * format.length()) {
            size *= 2;
        }
        return size;
    }

    private String text() {
        long limit = limit();
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c == '%') {
                Budget.steps(100);
                long width = directive(limit);
                if (width >= limit || text.length() >= limit) {
                    return "";
                }
            } else {
                text.append(c);
                at++;
            }
        }
        return text.length() < limit ? text.toString() : "";
    }

    /** How a directive is written. */
    private record Style(char pad, boolean upper, boolean change, int width) {
        /** A number of at least so many digits. */
        String number(long value, int digits, char usual) {
            char own = pad == ' ' ? usual : pad;
            String plain = String.valueOf(value);
            if (own == '-') {
                return padded(plain);
            }
            int missing = Math.max(digits, width) - plain.length();
            return new Text()
                    .repeat(own == '_' ? " " : "0", missing)
                    .append(plain)
                    .toString();
        }

        String number(long value, int digits) {
            return number(value, digits, '0');
        }

        String name(String name) {
            return padded(upper || change ? name.toUpperCase(Locale.ROOT) : name);
        }

        String text(String text) {
            return padded(upper ? text.toUpperCase(Locale.ROOT) : text);
        }

        String padded(String text) {
            return new Text()
                    .repeat(pad == '0' ? "0" : " ", width - text.length())
                    .append(text)
                    .toString();
        }
    }

    /** Appends a directive unless it is wider than the limit; returns its width. */
    private long directive(long limit) {
        int start = at++;
        char pad = ' ';
        boolean upper = false;
        boolean change = false;
        for (; at < format.length() && FLAGS.indexOf(format.charAt(at)) >= 0; at++) {
            switch (format.charAt(at)) {
                case '^' -> upper = true;
                case '#' -> change = true;
                default -> pad = format.charAt(at);
            }
        }
        long width = 0;
        for (; at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9'; at++) {
            width = Math.min(width * 10 + format.charAt(at) - '0', limit);
        }
        if (width >= limit) {
            return width;
        }
        boolean plain = at == start + 1;
        @Nullable String allowed = null;
        if (at < format.length() && (format.charAt(at) == 'E' || format.charAt(at) == 'O')) {
            allowed = format.charAt(at++) == 'E' ? AFTER_E : AFTER_O;
        }
        Style style = new Style(pad, upper, change, (int) width);
        @Nullable String field = null;
        if (at < format.length()) {
            char code = format.charAt(at++);
            boolean known = allowed == null ? code != 'f' || plain : allowed.indexOf(code) >= 0;
            field = known ? field(code, style) : null;
        }
        text.append(field == null ? style.text(format.substring(start, at)) : field);
        return width;
    }

    /** A field; null if there is no such code. */
    private @Nullable String field(char code, Style style) {
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        int weekday = time.getDayOfWeek().getValue() % 7;
        int week = time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        int weekYear = time.get(IsoFields.WEEK_BASED_YEAR);
        return switch (code) {
            case 'a' -> style.name(name(time.getDayOfWeek()).substring(0, 3));
            case 'A' -> style.name(name(time.getDayOfWeek()));
            case 'b', 'h' -> style.name(name(time.getMonth()).substring(0, 3));
            case 'B' -> style.name(name(time.getMonth()));
            case 'c' -> parts("%a %b %e %H:%M:%S %Y", style);
            case 'C' -> style.number(Math.floorDiv(time.getYear(), 100), 2);
            case 'd' -> style.number(time.getDayOfMonth(), 2);
            case 'D', 'x' -> parts("%m/%d/%y", style);
            case 'e' -> style.number(time.getDayOfMonth(), 2, '_');
            case 'f' -> style.number(time.get(ChronoField.MICRO_OF_SECOND), 6);
            case 'F' -> parts("%Y-%m-%d", style);
            case 'g' -> style.number(Math.floorMod(weekYear, 100), 2);
            case 'G' -> style.number(weekYear, 1);
            case 'H' -> style.number(time.getHour(), 2);
            case 'I' -> style.number(hour, 2);
            case 'j' -> style.number(time.getDayOfYear(), 3);
            case 'k' -> style.number(time.getHour(), 2, '_');
            case 'l' -> style.number(hour, 2, '_');
            case 'm' -> style.number(time.getMonthValue(), 2);
            case 'M' -> style.number(time.getMinute(), 2);
            case 'n' -> style.padded("\n");
            case 'p' -> style.change() ? style.padded(half()) : style.padded(half().toUpperCase(Locale.ROOT));
            case 'P' -> style.padded(half());
            case 'r' -> parts("%I:%M:%S %p", style);
            case 'R' -> parts("%H:%M", style);
            case 's' -> style.number(time.toEpochSecond(), 1);
            case 'S' -> style.number(time.getSecond(), 2);
            case 't' -> style.padded("\t");
            case 'T', 'X' -> parts("%H:%M:%S", style);
            case 'u' -> style.number(time.getDayOfWeek().getValue(), 1);
            case 'U' -> style.number((time.getDayOfYear() - 1 - weekday + 7) / 7, 2);
            case 'V' -> style.number(week, 2);
            case 'w' -> style.number(weekday, 1);
            case 'W' -> style.number((time.getDayOfYear() - 1 - (weekday + 6) % 7 + 7) / 7, 2);
            case 'y' -> style.number(Math.floorMod(time.getYear(), 100), 2);
            case 'Y' -> style.number(time.getYear(), 1);
            case 'z', 'Z' -> ""; // Python's now() has no zone
            case '%' -> style.padded("%");
            default -> null;
        };
    }

    private String half() {
        return time.getHour() < 12 ? "am" : "pm";
    }

    private String parts(String parts, Style style) {
        return style.text(format(time, parts));
    }

    private static String name(Enum<?> day) {
        return day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
