package io.github.ftmaven.runtime.error;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something the user wrote or supplied is wrong: a spec, a data file, a model directory, an adapter.
 *
 * <p>The message is shown as it is, without a stack trace. It says where (a file, with line and column when there is
 * one), what is wrong, and what to do about it, in that order:
 *
 * <pre>data/train.jsonl:7: not valid JSON: unexpected end of input. Each line must be one JSON object.</pre>
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A message quotes what is wrong, and what is wrong may be megabytes long. */
    private static final int LONGEST_LINE = 2_000;

    private static final int LINE_BEGINNING = 1_200;
    private static final int LINE_END = 700;
    private static final int MOST_LINES = 100;

    /** Creates the error with the message the user reads. */
    public InvalidInputException(String message) {
        super(bounded(message));
    }

    /** Creates the error with the message the user reads and the exception it came from. */
    public InvalidInputException(String message, Throwable cause) {
        super(bounded(message), cause);
    }

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    /** What a file says may also move a terminal's cursor. */
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
