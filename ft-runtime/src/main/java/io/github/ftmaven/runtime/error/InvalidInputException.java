package io.github.ftmaven.runtime.error;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The user wrote or supplied something wrong: a spec, a data file, a model directory, an adapter.
 *
 * <p>Users see the message as it is, without a stack trace. It names the place (a file, with line and column where
 * there is one), the problem and the remedy, in this order:
 *
 * <pre>data/train.jsonl:7: not valid JSON: unexpected end of input. Each line must be one JSON object.</pre>
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A message quotes the faulty input, which may be megabytes long. */
    private static final int LONGEST_LINE = 2_000;

    private static final int LINE_BEGINNING = 1_200;
    private static final int LINE_END = 700;
    private static final int MOST_LINES = 100;

    /** Creates the error with the message for the user. */
    public InvalidInputException(String message) {
        super(bounded(message));
    }

    /** Creates the error with the message for the user and the exception that caused it. */
    public InvalidInputException(String message, Throwable cause) {
        super(bounded(message), cause);
    }

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    /** Text from a file can contain control sequences that move a terminal's cursor. */
    private static String bounded(String original) {
        String message = CONTROL.matcher(original)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
        if (message.length() <= LONGEST_LINE) {
            return message;
        }
        String[] lines = message.split("\n", MOST_LINES + 1);
        for (int i = 0; i < Math.min(lines.length, MOST_LINES); i++) {
            if (lines[i].length() > LONGEST_LINE) {
                lines[i] = shortened(lines[i]);
            }
        }
        if (lines.length > MOST_LINES) {
            lines[MOST_LINES] = "and " + Counted.of(lines[MOST_LINES].lines().count(), "more line", "more lines");
        }
        return String.join("\n", lines);
    }

    private static String shortened(String line) {
        int left = LINE_BEGINNING - (Character.isLowSurrogate(line.charAt(LINE_BEGINNING)) ? 1 : 0);
        int right = line.length() - LINE_END;
        right -= Character.isLowSurrogate(line.charAt(right)) ? 1 : 0;
        return line.substring(0, left) + " … (" + (right - left) + " characters more) … " + line.substring(right);
    }
}
