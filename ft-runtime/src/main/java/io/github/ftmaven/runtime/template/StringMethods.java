package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The methods of Python's strings. */
final class StringMethods {
    private static final Set<String> NAMES = Set.of(
            "capitalize",
            "casefold",
            "center",
            "count",
            "endswith",
            "expandtabs",
            "find",
            "format",
            "index",
            "isalnum",
            "isalpha",
            "isascii",
            "isdecimal",
            "isdigit",
            "islower",
            "isnumeric",
            "isspace",
            "istitle",
            "isupper",
            "join",
            "ljust",
            "lower",
            "lstrip",
            "partition",
            "removeprefix",
            "removesuffix",
            "replace",
            "rfind",
            "rindex",
            "rjust",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
            "splitlines",
            "startswith",
            "strip",
            "swapcase",
            "title",
            "upper",
            "zfill");
    private static final int WIDEST = 100_000;

    private StringMethods() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    static Object call(String text, String name, Arguments arguments) {
        return switch (name) {
            case "capitalize" -> capitalize(text);
            case "casefold", "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "swapcase" -> swapCase(text);
            case "title" -> title(text);
            case "strip" -> strip(text, characters(arguments), true, true);
            case "lstrip" -> strip(text, characters(arguments), true, false);
            case "rstrip" -> strip(text, characters(arguments), false, true);
            case "split" -> split(text, arguments, false);
            case "rsplit" -> split(text, arguments, true);
            case "splitlines" -> lines(text, arguments.flag(0, "keepends", false));
            case "partition" -> partition(text, arguments.text(0, "sep", ""), false);
            case "rpartition" -> partition(text, arguments.text(0, "sep", ""), true);
            case "startswith" -> starts(text, arguments, true);
            case "endswith" -> starts(text, arguments, false);
            case "removeprefix" -> {
                String prefix = arguments.text(0, "prefix", "");
                yield text.startsWith(prefix) ? text.substring(prefix.length()) : text;
            }
            case "removesuffix" -> {
                String suffix = arguments.text(0, "suffix", "");
                yield text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
            }
            case "find" -> find(text, arguments, false, false);
            case "rfind" -> find(text, arguments, true, false);
            case "index" -> find(text, arguments, false, true);
            case "rindex" -> find(text, arguments, true, true);
            case "count" -> count(text, arguments.text(0, "sub", ""));
            case "replace" ->
                replace(
                        text,
                        string(arguments.get(0, "old")),
                        string(arguments.get(1, "new")),
                        arguments.integer(2, "count", -1));
            case "join" -> join(text, arguments.get(0, "iterable"));
            case "format" -> Formatting.braces(text, arguments);
            case "center" -> pad(text, arguments, '^');
            case "ljust" -> pad(text, arguments, '<');
            case "rjust" -> pad(text, arguments, '>');
            case "zfill" -> zeroes(text, arguments.integer(0, "width", 0));
            case "expandtabs" -> text.replace("\t", " ".repeat(Math.min(80, arguments.integer(0, "tabsize", 8))));
            default -> is(text, name);
        };
    }

    static boolean is(String text, String question) {
        return switch (question) {
            case "isascii" -> text.chars().allMatch(c -> c < 128);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "isdecimal", "isdigit", "isnumeric" -> all(text, Character::isDigit);
            case "isspace" -> all(text, StringMethods::isSpace);
            case "islower" ->
                text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c))
                        && text.codePoints().anyMatch(Character::isLowerCase);
            case "isupper" ->
                text.codePoints().noneMatch(Character::isLowerCase)
                        && text.codePoints().anyMatch(Character::isUpperCase);
            case "istitle" -> text.codePoints().anyMatch(Character::isLetter) && text.equals(title(text));
            default -> throw new IllegalArgumentException(question);
        };
    }

    private static boolean all(String text, IntPredicate predicate) {
        return !text.isEmpty() && text.codePoints().allMatch(predicate);
    }

    /** What Python's {@code str.isspace} holds for. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toUpperCase(Locale.ROOT)
                + text.substring(end).toLowerCase(Locale.ROOT);
    }

    private static String swapCase(String text) {
        StringBuilder swapped = new StringBuilder();
        text.codePoints()
                .forEach(c -> swapped.appendCodePoint(
                        Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)));
        return swapped.toString();
    }

    private static String title(String text) {
        StringBuilder title = new StringBuilder();
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            title.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return title.toString();
    }

    private static Object characters(Arguments arguments) {
        return arguments.get(0, "chars", None.NONE);
    }

    static String strip(String text, Object characters, boolean left, boolean right) {
        IntPredicate stripped = characters == None.NONE
                ? StringMethods::isSpace
                : c -> string(characters).indexOf(c) >= 0;
        int start = 0;
        int end = text.length();
        while (left && start < end && stripped.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && stripped.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static String string(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        throw new TemplateException("must be str, not " + Python.type(value));
    }

    private static List<Object> split(String text, Arguments arguments, boolean right) {
        Object separator = arguments.get(0, "sep", None.NONE);
        int most = arguments.integer(1, "maxsplit", -1);
        int limit = most < 0 ? Integer.MAX_VALUE : most;
        List<Object> parts = new ArrayList<>();
        if (separator == None.NONE) {
            words(text, limit, right, parts);
        } else if (string(separator).isEmpty()) {
            throw new TemplateException("empty separator");
        } else if (right) {
            int end = text.length();
            int at;
            while (parts.size() < limit
                    && end > 0
                    && (at = text.lastIndexOf(
                                    string(separator), end - string(separator).length()))
                            >= 0) {
                parts.add(text.substring(at + string(separator).length(), end));
                end = at;
            }
            parts.add(text.substring(0, end));
            Collections.reverse(parts);
        } else {
            int start = 0;
            int at;
            while (parts.size() < limit && (at = text.indexOf(string(separator), start)) >= 0) {
                parts.add(text.substring(start, at));
                start = at + string(separator).length();
            }
            parts.add(text.substring(start));
        }
        return parts;
    }

    private static void words(String text, int limit, boolean right, List<Object> parts) {
        String rest = strip(text, None.NONE, true, true);
        while (!rest.isEmpty()) {
            int[] characters = rest.codePoints().toArray();
            int border = -1;
            for (int i = 0; i < characters.length && border < 0; i++) {
                int place = right ? characters.length - 1 - i : i;
                border = isSpace(characters[place]) ? place : -1;
            }
            if (border < 0 || parts.size() == limit) {
                parts.add(
                        right
                                ? strip(rest, None.NONE, true, true)
                                : strip(text, None.NONE, false, true)
                                        .substring(strip(text, None.NONE, false, true)
                                                        .length()
                                                - strip(rest, None.NONE, false, true)
                                                        .length()));
                break;
            }
            int cut = rest.offsetByCodePoints(0, border);
            parts.add(right ? rest.substring(cut + 1) : rest.substring(0, cut));
            rest = strip(right ? rest.substring(0, cut) : rest.substring(cut), None.NONE, true, true);
        }
        if (right) {
            Collections.reverse(parts);
        }
    }

    private static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && "\n\r\u000b\f\u0085\u2028\u2029".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            int next = end == text.length() ? end : text.startsWith("\r\n", end) ? end + 2 : end + 1;
            lines.add(text.substring(start, keepEnds ? next : end));
            start = next;
        }
        return lines;
    }

    private static Tuple partition(String text, String separator, boolean right) {
        if (separator.isEmpty()) {
            throw new TemplateException("empty separator");
        }
        int at = right ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return new Tuple(right ? List.of("", "", text) : List.of(text, "", ""));
        }
        return new Tuple(List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
    }

    private static boolean starts(String text, Arguments arguments, boolean start) {
        Object wanted = arguments.get(0, "prefix");
        List<Object> options = wanted instanceof Tuple tuple ? tuple.items() : List.of(wanted);
        String part = (String)
                Lookup.slice(text, arguments.get(1, "start", None.NONE), arguments.get(2, "end", None.NONE), None.NONE);
        return options.stream().anyMatch(o -> start ? part.startsWith(string(o)) : part.endsWith(string(o)));
    }

    private static Object find(String text, Arguments arguments, boolean last, boolean required) {
        String wanted = string(arguments.get(0, "sub"));
        int start = (int) Math.min(text.length(), Math.max(0, Python.integer(arguments.get(1, "start", 0L))));
        int at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted, start);
        if (at < 0 && required) {
            throw new TemplateException("substring not found");
        }
        return at < 0 ? -1L : (long) text.codePointCount(0, at);
    }

    private static long count(String text, String wanted) {
        if (wanted.isEmpty()) {
            return Python.length(text) + 1;
        }
        long count = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }

    static String replace(String text, String old, String with, int most) {
        if (most < 0) {
            return text.replace(old, with);
        }
        StringBuilder replaced = new StringBuilder();
        int start = 0;
        int at = text.indexOf(old);
        for (int i = 0; i < most && at >= 0; i++) {
            replaced.append(text.substring(start, at)).append(with);
            start = at + old.length();
            at = text.indexOf(old, Math.max(start, at + 1));
        }
        return replaced.append(text.substring(start)).toString();
    }

    private static String join(String separator, Object items) {
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (Object item : Python.items(items)) {
            joined.append(first ? "" : separator).append(string(item));
            first = false;
        }
        return joined.toString();
    }

    private static String pad(String text, Arguments arguments, char align) {
        int width = Math.min(WIDEST, arguments.integer(0, "width", 0));
        int missing = width - (int) Python.length(text);
        if (missing <= 0) {
            return text;
        }
        String padding = arguments.text(1, "fillchar", " ").repeat(missing);
        // Python puts the odd blank to the left where text and width are both odd or the text is even.
        int left = missing / 2 + (missing & width & 1);
        return switch (align) {
            case '<' -> text + padding;
            case '>' -> padding + text;
            default -> padding.substring(0, left) + text + padding.substring(left);
        };
    }

    private static String zeroes(String text, int width) {
        int missing = Math.min(WIDEST, width) - text.length();
        if (missing <= 0) {
            return text;
        }
        boolean sign = text.startsWith("-") || text.startsWith("+");
        return (sign ? text.substring(0, 1) : "") + "0".repeat(missing) + text.substring(sign ? 1 : 0);
    }
}
