package io.github.ftmaven.runtime.template;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's {@code strftime} in the C locale. */
final class Strftime {
    private Strftime() {}

    static String format(ZonedDateTime time, String format) {
        Text text = new Text();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char code = format.charAt(++i);
            Budget.steps(100); // each creates a formatter
            if (code == '-' && i + 1 < format.length()) {
                text.append(field(time, format.charAt(++i)).replaceFirst("^0+(?=.)", ""));
            } else {
                text.append(field(time, code));
            }
        }
        return text.toString();
    }

    private static String field(ZonedDateTime time, char code) {
        return switch (code) {
            case 'a' -> pattern(time, "EEE");
            case 'A' -> pattern(time, "EEEE");
            case 'b', 'h' -> pattern(time, "MMM");
            case 'B' -> pattern(time, "MMMM");
            case 'd' -> pattern(time, "dd");
            case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
            case 'D' -> pattern(time, "MM/dd/yy");
            case 'F' -> pattern(time, "uuuu-MM-dd");
            case 'f' -> pattern(time, "SSSSSS");
            case 'H' -> pattern(time, "HH");
            case 'I' -> pattern(time, "hh");
            case 'j' -> pattern(time, "DDD");
            case 'm' -> pattern(time, "MM");
            case 'M' -> pattern(time, "mm");
            case 'p' -> pattern(time, "a").toUpperCase(Locale.ROOT);
            case 'S' -> pattern(time, "ss");
            case 'T', 'X' -> pattern(time, "HH:mm:ss");
            case 'R' -> pattern(time, "HH:mm");
            case 'x' -> pattern(time, "MM/dd/yy");
            case 'c' -> pattern(time, "EEE MMM ") + field(time, 'e') + pattern(time, " HH:mm:ss uuuu");
            case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case 'y' -> pattern(time, "yy");
            case 'Y' -> pattern(time, "uuuu");
            case 'z', 'Z' -> ""; // Python's now() has no zone
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + code;
        };
    }

    private static String pattern(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
