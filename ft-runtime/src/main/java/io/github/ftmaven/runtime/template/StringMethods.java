package io.github.ftmaven.runtime.template;

import io.github.ftmaven.runtime.python.Characters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            "isidentifier",
            "islower",
            "isnumeric",
            "isprintable",
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
    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    /** Digits that are not decimal, such as superscripts: first and last of each range. */
    private static final int[][] SPECIAL_DIGITS = {
        {0xb2, 0xb3},
        {0xb9, 0xb9},
        {0x1369, 0x1371},
        {0x19da, 0x19da},
        {0x2070, 0x2070},
        {0x2074, 0x2079},
        {0x2080, 0x2089},
        {0x2460, 0x2468},
        {0x2474, 0x247c},
        {0x2488, 0x2490},
        {0x24ea, 0x24ea},
        {0x24f5, 0x24fd},
        {0x24ff, 0x24ff},
        {0x2776, 0x277e},
        {0x2780, 0x2788},
        {0x278a, 0x2792},
        {0x10a40, 0x10a43},
        {0x10e60, 0x10e68},
        {0x11052, 0x1105a},
        {0x1f100, 0x1f10a}
    };

    private StringMethods() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    /** Calls a method on a value's text, which keeps the value's mark. */
    static Object ofText(Object value, String name, Arguments arguments) {
        return value instanceof Markup marked
                ? MarkupMethods.call(marked, name, arguments)
                : call(Python.text(value), name, arguments);
    }

    /** The names of all methods. */
    static Set<String> names() {
        return NAMES;
    }

    static Object call(String text, String name, Arguments arguments) {
        Signatures.checkMethod(name, arguments);
        Budget.call(text, arguments);
        Object result = result(text, name, arguments);
        return result == text ? result : Budget.made(result);
    }

    private static Object result(String text, String name, Arguments arguments) {
        return switch (name) {
            case "capitalize" -> capitalize(text);
            case "casefold" ->
                text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "swapcase" -> swapCase(text);
            case "title" -> title(text);
            case "strip" -> strip(text, characters(arguments), true, true);
            case "lstrip" -> strip(text, characters(arguments), true, false);
            case "rstrip" -> strip(text, characters(arguments), false, true);
            case "split" -> split(text, arguments, false);
            case "rsplit" -> split(text, arguments, true);
            case "splitlines" -> lines(text, arguments.flag(0, "keepends", false));
            case "partition" -> partition(text, string(arguments.get(0, "sep")), false);
            case "rpartition" -> partition(text, string(arguments.get(0, "sep")), true);
            case "startswith" -> starts(text, arguments, true);
            case "endswith" -> starts(text, arguments, false);
            case "removeprefix" -> {
                String prefix = string(arguments.get(0, "prefix"));
                yield text.startsWith(prefix) ? text.substring(prefix.length()) : text;
            }
            case "removesuffix" -> {
                String suffix = string(arguments.get(0, "suffix"));
                yield text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
            }
            case "find" -> find(text, arguments, false, false);
            case "rfind" -> find(text, arguments, true, false);
            case "index" -> find(text, arguments, false, true);
            case "rindex" -> find(text, arguments, true, true);
            case "count" -> count(text, arguments);
            case "replace" ->
                replace(
                        text,
                        string(arguments.get(0, "old")),
                        string(arguments.get(1, "new")),
                        arguments.integer(2, "count", -1));
            case "join" -> join(text, arguments.get(0, "iterable"));
            case "format" -> Formatting.braces(text, arguments, false);
            case "center" -> pad(text, arguments, '^');
            case "ljust" -> pad(text, arguments, '<');
            case "rjust" -> pad(text, arguments, '>');
            case "zfill" -> zeroes(text, Python.integer(arguments.get(0, "width")));
            case "expandtabs" -> withoutTabs(text, arguments.integer(0, "tabsize", 8));
            default -> is(text, name);
        };
    }

    static boolean is(String text, String question) {
        return switch (question) {
            case "isascii" -> text.chars().allMatch(c -> c < 128);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, c -> Character.isLetter(c) || isNumeric(c));
            case "isdecimal" -> all(text, Character::isDigit);
            case "isdigit" -> all(text, c -> Character.isDigit(c) || isSpecialDigit(c));
            case "isnumeric" -> all(text, StringMethods::isNumeric);
            case "isprintable" -> text.codePoints().allMatch(StringMethods::isPrintable);
            case "isidentifier" ->
                !text.isEmpty()
                        && (text.charAt(0) == '_' || Character.isLetter(text.codePointAt(0)))
                        && text.codePoints().allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
            case "isspace" -> all(text, Characters::isSpace);
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

    private static boolean isSpecialDigit(int c) {
        return Stream.of(SPECIAL_DIGITS).anyMatch(range -> range[0] <= c && c <= range[1]);
    }

    private static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.OTHER_NUMBER
                || type == Character.LETTER_NUMBER;
    }

    /** Whether {@code repr()} writes a character unchanged. */
    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /**
     * A text in the form that {@code int()} and {@code float()} parse: digits of any script, single underscores
     * between digits.
     */
    static String digits(String text) {
        Text digits = new Text();
        strip(text, None.NONE, true, true)
                .replaceAll("(?<=\\p{Nd})_(?=\\p{Nd})", "")
                .codePoints()
                .forEach(c -> digits.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
        return digits.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        return titled(text.codePointAt(0)) + text.substring(end).toLowerCase(Locale.ROOT);
    }

    private static String swapCase(String text) {
        Text swapped = new Text();
        text.codePoints().mapToObj(Character::toString).forEach(c -> {
            boolean upper = Character.isUpperCase(c.codePointAt(0));
            swapped.append(upper ? c.toLowerCase(Locale.ROOT) : c.toUpperCase(Locale.ROOT));
        });
        return swapped.toString();
    }

    private static String title(String text) {
        Text title = new Text();
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            title.append(inside ? Character.toString(c).toLowerCase(Locale.ROOT) : titled(c));
            inside = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
        }
        return title.toString();
    }

    /** A character at the start of a word; if it becomes several, only the first is upper case. */
    private static String titled(int c) {
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        if (Character.toTitleCase(c) != c || upper.codePointCount(0, upper.length()) == 1) {
            return Character.toString(Character.toTitleCase(c));
        }
        int end = upper.offsetByCodePoints(0, 1);
        boolean letter = Character.isLetter(upper.codePointAt(0)) && Character.isUpperCase(upper.codePointAt(0));
        return letter ? upper.substring(0, end) + upper.substring(end).toLowerCase(Locale.ROOT) : upper;
    }

    private static Object characters(Arguments arguments) {
        Object characters = arguments.get(0, "chars", None.NONE);
        return characters == None.NONE ? characters : string(characters);
    }

    static String strip(String text, Object characters, boolean left, boolean right) {
        IntPredicate stripped = characters == None.NONE ? Characters::isSpace : oneOf(string(characters));
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

    private static IntPredicate oneOf(String characters) {
        if (characters.length() < 8) {
            return c -> characters.indexOf(c) >= 0;
        }
        Budget.entries(characters.length());
        Set<Integer> set = characters.codePoints().boxed().collect(Collectors.toSet());
        return set::contains;
    }

    private static String string(Object value) {
        if (Markup.plain(value) instanceof String text) {
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
            Search.Backwards search = new Search.Backwards(text, string(separator));
            int end = text.length();
            int at;
            while (parts.size() < limit && end > 0 && (at = search.before(end)) >= 0) {
                Budget.items(1);
                parts.add(text.substring(at + string(separator).length(), end));
                end = at;
            }
            parts.add(text.substring(0, end));
            Collections.reverse(parts);
        } else {
            Search search = new Search(string(separator));
            int start = 0;
            int at;
            while (parts.size() < limit && (at = search.in(text, start)) >= 0) {
                Budget.items(1);
                parts.add(text.substring(start, at));
                start = at + string(separator).length();
            }
            parts.add(text.substring(start));
        }
        return parts;
    }

    /** The words of a text. */
    static List<String> words(String text) {
        List<Object> words = new ArrayList<>();
        words(text, Integer.MAX_VALUE, false, words);
        return words.stream().map(String.class::cast).toList();
    }

    /** Splits at white space; white space at the far end of the unsplit rest stays. */
    private static void words(String text, int limit, boolean right, List<Object> parts) {
        Budget.scan(text.length());
        if (right) {
            wordsFromTheRight(text, limit, parts);
            Collections.reverse(parts);
            return;
        }
        int start = 0;
        while (true) {
            start = past(text, start, true);
            if (start == text.length()) {
                return;
            }
            Budget.items(1);
            int end = parts.size() < limit ? past(text, start, false) : text.length();
            parts.add(text.substring(start, end));
            start = end;
        }
    }

    private static void wordsFromTheRight(String text, int limit, List<Object> parts) {
        int end = text.length();
        while (true) {
            end = before(text, end, true);
            if (end == 0) {
                return;
            }
            Budget.items(1);
            int start = parts.size() < limit ? before(text, end, false) : 0;
            parts.add(text.substring(start, end));
            end = start;
        }
    }

    /** The index after a run of white space, or of other characters; every white space character is one unit. */
    private static int past(String text, int from, boolean space) {
        int at = from;
        while (at < text.length() && Characters.isSpace(text.charAt(at)) == space) {
            at++;
        }
        return at;
    }

    private static int before(String text, int from, boolean space) {
        int at = from;
        while (at > 0 && Characters.isSpace(text.charAt(at - 1)) == space) {
            at--;
        }
        return at;
    }

    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && LINE_ENDS.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            int next = end == text.length() ? end : text.startsWith("\r\n", end) ? end + 2 : end + 1;
            Budget.items(1);
            lines.add(text.substring(start, keepEnds ? next : end));
            start = next;
        }
        return lines;
    }

    private static Tuple partition(String text, String separator, boolean right) {
        if (separator.isEmpty()) {
            throw new TemplateException("empty separator");
        }
        int at =
                right ? new Search.Backwards(text, separator).before(text.length()) : new Search(separator).in(text, 0);
        if (at < 0) {
            return new Tuple(right ? List.of("", "", text) : List.of(text, "", ""));
        }
        return new Tuple(List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
    }

    private static boolean starts(String text, Arguments arguments, boolean start) {
        Object wanted = arguments.get(0, "prefix");
        List<Object> options = wanted instanceof Tuple tuple ? tuple.items() : List.of(wanted);
        int[] bounds = bounds(text, arguments);
        String part = bounds[0] <= bounds[1] ? text.substring(bounds[0], bounds[1]) : "";
        boolean inside = bounds[0] <= bounds[1];
        boolean found = false;
        for (Object option : options) {
            found |= start ? part.startsWith(string(option)) : part.endsWith(string(option));
        }
        return inside && found;
    }

    /** The arguments {@code start} and {@code end} as indices into a text; for an empty range the first is greater. */
    private static int[] bounds(String text, Arguments arguments) {
        int size = text.codePointCount(0, text.length());
        long start = bound(arguments.get(1, "start", None.NONE), 0, size);
        long end = Math.min(size, bound(arguments.get(2, "end", None.NONE), size, size));
        if (start > end) {
            return new int[] {1, 0};
        }
        int from = text.offsetByCodePoints(0, (int) start);
        return new int[] {from, text.offsetByCodePoints(from, (int) (end - start))};
    }

    private static long bound(Object place, long fallback, int size) {
        if (place == None.NONE) {
            return fallback;
        }
        long wanted = Python.integer(place);
        return wanted < 0 ? Math.max(0, wanted + size) : wanted;
    }

    private static Object find(String text, Arguments arguments, boolean last, boolean required) {
        String wanted = string(arguments.get(0, "sub"));
        int[] bounds = bounds(text, arguments);
        int at = -1;
        if (bounds[0] <= bounds[1]) {
            String part = text.substring(bounds[0], bounds[1]);
            at = last ? new Search.Backwards(part, wanted).before(part.length()) : new Search(wanted).in(part, 0);
        }
        if (at < 0 && required) {
            throw new TemplateException("substring not found");
        }
        return at < 0 ? -1L : (long) text.codePointCount(0, bounds[0] + at);
    }

    private static long count(String text, Arguments arguments) {
        String wanted = string(arguments.get(0, "sub"));
        int[] bounds = bounds(text, arguments);
        if (bounds[0] > bounds[1]) {
            return 0;
        }
        String part = text.substring(bounds[0], bounds[1]);
        if (wanted.isEmpty()) {
            return Python.length(part) + 1;
        }
        long count = 0;
        Search search = new Search(wanted);
        for (int at = search.in(part, 0); at >= 0; at = search.in(part, at + wanted.length())) {
            count++;
        }
        return count;
    }

    static String replace(String text, String old, String with, int most) {
        long left = most < 0 ? Long.MAX_VALUE : most;
        Text replaced = new Text();
        int start = 0;
        Search search = new Search(old);
        int at = search.in(text, 0);
        while (left-- > 0 && at >= 0) {
            replaced.append(text, start, at).append(with);
            start = at + old.length();
            if (old.isEmpty()) {
                if (at == text.length()) {
                    break;
                }
                at = text.offsetByCodePoints(at, 1);
            } else {
                at = search.in(text, start);
            }
        }
        return replaced.append(text.substring(start)).toString();
    }

    private static String withoutTabs(String text, int size) {
        Text expanded = new Text();
        int column = 0;
        for (int c : text.codePoints().toArray()) {
            if (c == '\t') {
                int blanks = size <= 0 ? 0 : size - column % size;
                expanded.repeat(" ", blanks);
                column += blanks;
            } else {
                expanded.appendCodePoint(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return expanded.toString();
    }

    private static String join(String separator, Object items) {
        Text joined = new Text();
        boolean first = true;
        for (Object item : Python.items(items)) {
            joined.append(first ? "" : separator).append(string(item));
            first = false;
        }
        return joined.toString();
    }

    private static String pad(String text, Arguments arguments, char align) {
        long width = Python.integer(arguments.get(0, "width"));
        String fill = string(arguments.get(1, "fillchar", " "));
        if (Python.length(fill) != 1) {
            throw new TemplateException("The fill character must be exactly one character long");
        }
        if (width <= Python.length(text)) {
            return text;
        }
        long missing = width - Python.length(text);
        // Python adds the odd blank on the left where text and width are both odd or the text is even.
        long left = missing / 2 + (missing & width & 1);
        return switch (align) {
            case '<' -> new Text().append(text).repeat(fill, missing).toString();
            case '>' -> new Text().repeat(fill, missing).append(text).toString();
            default ->
                new Text()
                        .repeat(fill, left)
                        .append(text)
                        .repeat(fill, missing - left)
                        .toString();
        };
    }

    private static String zeroes(String text, long width) {
        if (width <= Python.length(text)) {
            return text;
        }
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return new Text()
                .append(text, 0, sign)
                .repeat("0", width - Python.length(text))
                .append(text, sign, text.length())
                .toString();
    }
}
