package io.github.ftmaven.runtime.error;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes invalid JSON to its author: the parser's own text recommends settings that only a programmer can change.
 *
 * @param text the problem, without a full stop
 * @param line from 1; 0 if unknown
 * @param column from 1
 */
public record JsonProblem(String text, int line, int column) {
    private static final Map<String, String> PYTHON = Map.of("True", "true", "False", "false", "None", "null");
    private static final Pattern CODE = Pattern.compile("code (\\d+)");

    /** The parser's text and ours; {@code $1} is the first group's match. */
    private record Wording(Pattern parser, String ours) {
        Wording(String parser, String ours) {
            this(Pattern.compile(parser, Pattern.DOTALL), ours);
        }
    }

    private static final List<Wording> WORDINGS = List.of(
            new Wording("Non-standard token '([^']+)'.*", "$1 is not a JSON number; write null, or leave it out"),
            new Wording(
                    "Unrecognized token '(.*?)': was expecting.*", "$1 is not a JSON value; put text in double quotes"),
            new Wording("Duplicate field '(.*)'.*", "duplicate key '$1'"),
            new Wording("Trailing token .*", "more text follows the end of the value"),
            new Wording("Number value length \\((\\d+)\\).*\\((\\d+),.*", "a number has $1 digits; the limit is $2"),
            new Wording("String value length \\((\\d+)\\).*\\((\\d+),.*", "a text has $1 characters; the limit is $2"),
            new Wording("Name length \\((\\d+)\\).*\\((\\d+),.*", "a key has $1 characters; the limit is $2"),
            new Wording("Document nesting depth \\(\\d+\\).*\\((\\d+),.*", "it is nested more than $1 levels deep"),
            new Wording("Unexpected end-of-input.*for Array.*", "it ends before a list is closed with ]"),
            new Wording("Unexpected end-of-input.*for Object.*", "it ends before an object is closed with }"),
            new Wording("Unexpected end-of-input.*quote.*", "it ends before a text is closed with a double quote"),
            new Wording("Unexpected end-of-input.*|No content to map.*", "it ends too early"),
            new Wording("Unexpected close marker '(.)': expected '(.)'.*", "'$1' where '$2' is expected"),
            new Wording("Unexpected close marker '(.)'.*", "an unmatched '$1'"),
            new Wording("Invalid numeric value: Leading zeroes.*", "a number begins with 0"),
            new Wording("Unrecognized character escape '(.)'.*", "the unknown escape \\$1"),
            new Wording("Numeric value \\((\\S+)\\) out of range.*", "the number $1 is out of range"),
            new Wording("Invalid UTF-8.*", "it is not UTF-8"),
            new Wording("Unexpected character \\('\uFEFF'.*", "a byte order mark within the text; remove it"),
            new Wording("Unexpected character.*omment.*", "a comment, which JSON does not allow"),
            new Wording(
                    "Unexpected character \\('(.)'.*hex-digit.*", "'$1' in a \\u escape of four hexadecimal digits"),
            new Wording("Unexpected character \\('(.)'.*numeric value.*", "'$1' in a number"),
            new Wording("Unexpected character \\('(.)'.*field name and value.*", "'$1' where a colon is expected"),
            new Wording(
                    "Unexpected character \\('(.)'.*to start field name.*",
                    "'$1' where a key in double quotes is expected"),
            new Wording("Unexpected character \\('(.)'.*comma.*", "'$1' where a comma is expected"),
            new Wording("Unexpected character \\('(.)'.*valid value.*", "'$1' where a value is expected"));

    /** Describes a parser's exception. */
    public static JsonProblem of(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null
                ? new JsonProblem(text(e.getOriginalMessage()), 0, 0)
                : new JsonProblem(text(e.getOriginalMessage()), location.getLineNr(), location.getColumnNr());
    }

    private static String text(String message) {
        Matcher code = CODE.matcher(message);
        if (message.contains("CTRL-CHAR") && code.find()) {
            return switch (code.group(1)) {
                case "10" -> "a line break within a text; write it as \\n";
                case "9" -> "a tab within a text; write it as \\t";
                default -> "a control character (code " + code.group(1) + ")";
            };
        }
        for (Wording wording : WORDINGS) {
            Matcher matcher = wording.parser().matcher(message);
            if (matcher.matches()) {
                String first = matcher.groupCount() > 0 ? matcher.group(1) : "";
                String second = matcher.groupCount() > 1 ? matcher.group(2) : "";
                return PYTHON.containsKey(first) && message.startsWith("Unrecognized token")
                        ? first + " is Python's; JSON writes " + PYTHON.get(first)
                        : wording.ours()
                                .replace("$1", first)
                                .replace("$2", second)
                                .replace("'''", "a single quote");
            }
        }
        return message.lines().findFirst().orElse("it cannot be read").replaceFirst(" ?\\(.*", "");
    }

    /** The position, as it follows a file's name: {@code :3:14}, or an empty text. */
    public String position() {
        return line < 1 ? "" : ":" + line + ":" + column;
    }

    /** Like {@link #position()}, for JSON that starts on a given line of its file. */
    public String position(int ownLine) {
        return line < 1 ? ":" + ownLine : ":" + (ownLine + line - 1) + ":" + column;
    }
}
