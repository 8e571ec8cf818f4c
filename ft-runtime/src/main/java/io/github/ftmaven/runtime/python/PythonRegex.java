package io.github.ftmaven.runtime.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of Python's {@code re}, for text: what Java's engine spells the same is taken over, what it spells otherwise
 * is translated (classes of characters, ends, named groups, braces), and the rest is refused.
 */
public final class PythonRegex {
    private static final String SPACES =
            "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
    private static final String WORDS = "\\p{L}\\p{N}_";
    private static final String DIGITS = "\\p{Nd}";
    private static final String BOUNDARY =
            "(?:(?<=[" + WORDS + "])(?![" + WORDS + "])|(?<![" + WORDS + "])(?=[" + WORDS + "]))";
    private static final String NO_BOUNDARY =
            "(?:(?<=[" + WORDS + "])(?=[" + WORDS + "])|(?<![" + WORDS + "])(?![" + WORDS + "]))";
    private static final String ANY = "(?s:.)";
    private static final Pattern QUANTIFIER = Pattern.compile("\\{(\\d*)(,(\\d*))?}");
    private static final Pattern NAME = Pattern.compile("\\(\\?P<(\\w+)>");
    private static final Pattern NAMED_AGAIN = Pattern.compile("\\(\\?P=(\\w+)\\)");
    private static final Pattern FLAGS = Pattern.compile("\\(\\?([a-zA-Z]+)(-[a-zA-Z]+)?([:)])");

    private final String source;
    private final StringBuilder java = new StringBuilder();
    private final Map<String, Integer> names = new HashMap<>();
    private int groups;
    private int at;

    private PythonRegex(String source) {
        this.source = source;
    }

    /**
     * Translates a pattern.
     *
     * @throws IllegalArgumentException if it is not valid, or does what Java's engine cannot; the message says what
     */
    public static Pattern compile(String pattern) {
        PythonRegex regex = new PythonRegex(pattern);
        while (regex.at < pattern.length()) {
            regex.next();
        }
        try {
            return Pattern.compile(regex.java.toString(), Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }

    /**
     * What {@code re.findall} finds: for each match its groups, those that took no part as empty texts, or the whole match
     * where the pattern has none.
     */
    public static List<List<String>> findAll(Pattern pattern, String text) {
        List<List<String>> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            List<String> groups = new ArrayList<>();
            for (int i = 1; i <= matcher.groupCount(); i++) {
                groups.add(matcher.group(i) == null ? "" : matcher.group(i));
            }
            found.add(groups.isEmpty() ? List.of(matcher.group()) : groups);
        }
        return found;
    }

    /** What {@code re.sub} leaves when matches are replaced by nothing. */
    public static String remove(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll("");
    }

    /** What {@code re.escape} and {@code re.compile} make of a text. */
    public static String literal(String text) {
        return Pattern.quote(text);
    }

    private void next() {
        char c = source.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> set();
            case '(' -> group();
            case '{' -> brace();
            default -> {
                java.append(c == '}' || c == ']' ? "\\" : "").append(c);
                at++;
            }
        }
    }

    /** A brace that is no quantifier stands for itself. */
    private void brace() {
        Matcher quantifier = QUANTIFIER.matcher(source).region(at, source.length());
        boolean counts = quantifier.lookingAt() && !(quantifier.group(1).isEmpty() && quantifier.group(2) == null);
        if (counts) {
            String most = quantifier.group(3);
            java.append('{').append(quantifier.group(1).isEmpty() ? "0" : quantifier.group(1));
            java.append(quantifier.group(2) == null ? "" : "," + most).append('}');
            at = quantifier.end();
        } else {
            java.append("\\{");
            at++;
        }
    }

    private void group() {
        Matcher name = NAME.matcher(source).region(at, source.length());
        Matcher again = NAMED_AGAIN.matcher(source).region(at, source.length());
        Matcher flags = FLAGS.matcher(source).region(at, source.length());
        if (name.lookingAt()) {
            names.put(name.group(1), ++groups);
            java.append('(');
            at = name.end();
        } else if (again.lookingAt()) {
            Integer number = names.get(again.group(1));
            if (number == null) {
                throw new IllegalArgumentException("there is no group '" + again.group(1) + "'");
            }
            java.append('\\').append(number).append("(?:)");
            at = again.end();
        } else if (flags.lookingAt()) {
            flags(flags);
        } else if (source.startsWith("(?#", at)) {
            int end = source.indexOf(')', at);
            if (end < 0) {
                throw new IllegalArgumentException("a comment has no end");
            }
            at = end + 1;
        } else if (source.startsWith("(?", at)) {
            String kind = List.of("(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>").stream()
                    .filter(known -> source.startsWith(known, at))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the group "
                            + source.substring(at, Math.min(source.length(), at + 4)) + " is not supported"));
            java.append(kind);
            at += kind.length();
        } else {
            groups++;
            java.append('(');
            at++;
        }
    }

    private void flags(Matcher flags) {
        String letters = flags.group(1);
        String off = flags.group(2) == null ? "" : flags.group(2);
        if (!letters.matches("[imsu]+") || !off.matches("(-[ims]+)?")) {
            throw new IllegalArgumentException("the flags " + letters + off + " are not supported, only i, m, s and u");
        }
        if (flags.group(3).equals(")") && at > 0) {
            throw new IllegalArgumentException("flags of the whole pattern stand at its start");
        }
        java.append("(?").append(letters.replace("u", "").replace("i", "iu"));
        java.append(off.replace("i", "iu")).append(flags.group(3));
        if (letters.equals("u")) {
            java.setLength(java.length() - (flags.group(3).equals(")") ? 3 : 0));
        }
        at = flags.end();
    }

    private void escape() {
        char c = escaped();
        switch (c) {
            case 'A' -> java.append("\\A");
            case 'Z' -> java.append("\\z");
            case 'b' -> java.append(BOUNDARY);
            case 'B' -> java.append(NO_BOUNDARY);
            case 'd' -> java.append('[').append(DIGITS).append(']');
            case 'D' -> java.append("[^").append(DIGITS).append(']');
            case 's' -> java.append('[').append(SPACES).append(']');
            case 'S' -> java.append("[^").append(SPACES).append(']');
            case 'w' -> java.append('[').append(WORDS).append(']');
            case 'W' -> java.append("[^").append(WORDS).append(']');
            default -> {
                if (c >= '1' && c <= '9') {
                    backReference();
                } else {
                    literal(character(c), java);
                }
            }
        }
    }

    private void backReference() {
        int end = at;
        while (end < source.length() && end < at + 1 && Character.isDigit(source.charAt(end))) {
            end++;
        }
        int number = Integer.parseInt(source.substring(at - 1, end));
        if (number > groups) {
            throw new IllegalArgumentException("there is no group " + number);
        }
        java.append('\\').append(number).append("(?:)");
        at = end;
    }

    private char escaped() {
        if (at + 1 >= source.length()) {
            throw new IllegalArgumentException("it ends with a backslash");
        }
        char c = source.charAt(at + 1);
        at += 2;
        return c;
    }

    /** The character that an escape stands for, whose letter has been read. */
    private int character(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            case 'a' -> 0x07;
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            default -> {
                if (c < 128 && Character.isLetterOrDigit(c)) {
                    throw new IllegalArgumentException("\\" + c + " is not supported");
                }
                at--;
                int code = source.codePointAt(at);
                at += Character.charCount(code);
                yield code;
            }
        };
    }

    private int hexadecimal(int digits) {
        int end = at + digits;
        if (end > source.length() || !source.substring(at, end).matches("[0-9a-fA-F]+")) {
            throw new IllegalArgumentException("an escape wants " + digits + " hexadecimal digits");
        }
        int code = Integer.parseInt(source.substring(at, end), 16);
        at = end;
        return code;
    }

    private static void literal(int code, StringBuilder out) {
        out.append(String.format("\\x{%x}", code));
    }

    /** A set in brackets. Java's own has unions and intersections; those that say what is not in them stand apart. */
    private void set() {
        int start = at++;
        boolean negated = at < source.length() && source.charAt(at) == '^';
        at += negated ? 1 : 0;
        StringBuilder members = new StringBuilder();
        List<String> without = new ArrayList<>();
        boolean first = true;
        while (true) {
            if (at >= source.length()) {
                throw new IllegalArgumentException("the set " + source.substring(start) + " has no end");
            }
            if (source.charAt(at) == ']' && !first) {
                at++;
                break;
            }
            first = false;
            member(members, without);
        }
        StringBuilder set = new StringBuilder("(?:");
        if (members.length() > 0) {
            set.append('[').append(members).append(']');
        }
        for (String kind : without) {
            set.append(set.length() > 3 ? "|" : "").append("[^").append(kind).append(']');
        }
        set.append(')');
        java.append(negated ? "(?:(?!" + set + ")" + ANY + ")" : set);
    }

    private void member(StringBuilder members, List<String> without) {
        if (source.charAt(at) == '\\' && at + 1 < source.length()) {
            switch (source.charAt(at + 1)) {
                case 'd' -> members.append(DIGITS);
                case 's' -> members.append(SPACES);
                case 'w' -> members.append(WORDS);
                case 'D' -> without.add(DIGITS);
                case 'S' -> without.add(SPACES);
                case 'W' -> without.add(WORDS);
                default -> {
                    range(members);
                    return;
                }
            }
            at += 2;
            return;
        }
        range(members);
    }

    private void range(StringBuilder members) {
        int from = single();
        literal(from, members);
        boolean ranges = at + 1 < source.length() && source.charAt(at) == '-' && source.charAt(at + 1) != ']';
        if (ranges) {
            at++;
            int to = single();
            if (to < from) {
                throw new IllegalArgumentException("a range of a set ends before it begins");
            }
            members.append('-');
            literal(to, members);
        }
    }

    private int single() {
        if (source.charAt(at) == '\\') {
            char c = escaped();
            return c == 'b' ? '\b' : character(c);
        }
        int code = source.codePointAt(at);
        at += Character.charCount(code);
        return code;
    }
}
