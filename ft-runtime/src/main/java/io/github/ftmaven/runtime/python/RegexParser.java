package io.github.ftmaven.runtime.python;

import io.github.ftmaven.runtime.python.RegexNode.Again;
import io.github.ftmaven.runtime.python.RegexNode.Alternatives;
import io.github.ftmaven.runtime.python.RegexNode.Atomic;
import io.github.ftmaven.runtime.python.RegexNode.Capture;
import io.github.ftmaven.runtime.python.RegexNode.Conditional;
import io.github.ftmaven.runtime.python.RegexNode.Look;
import io.github.ftmaven.runtime.python.RegexNode.One;
import io.github.ftmaven.runtime.python.RegexNode.Place;
import io.github.ftmaven.runtime.python.RegexNode.Repeat;
import io.github.ftmaven.runtime.python.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a pattern as CPython 3.11 and later do; reports errors as {@link IllegalArgumentException}s. */
final class RegexParser {
    private static final int MOST_NESTED = 200;
    private static final String QUANTIFIERS = "*+?{";

    private final int[] source;
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Integer, RegexNode> closed = new HashMap<>();
    private final List<Integer> asked = new ArrayList<>();
    private int groups;
    private int at;
    private int depth;
    private int lookingBack = RegexNode.UNBOUNDED;
    private Flags flags;

    /** The letters of inline flags that change what a pattern matches. */
    private record Flags(boolean ignoreCase, boolean lines, boolean dotAll, boolean verbose, boolean ascii) {
        Flags with(int letter, boolean on) {
            return switch (letter) {
                case 'i' -> new Flags(on, lines, dotAll, verbose, ascii);
                case 'm' -> new Flags(ignoreCase, on, dotAll, verbose, ascii);
                case 's' -> new Flags(ignoreCase, lines, on, verbose, ascii);
                case 'x' -> new Flags(ignoreCase, lines, dotAll, on, ascii);
                case 'a' -> new Flags(ignoreCase, lines, dotAll, verbose, on);
                default -> new Flags(ignoreCase, lines, dotAll, verbose, false); // u
            };
        }
    }

    /** A parsed pattern. */
    record Parsed(RegexNode root, int groups) {}

    private RegexParser(String source) {
        this.source = source.codePoints().toArray();
        this.flags = new Flags(false, false, false, false, false);
    }

    static Parsed parse(String source) {
        RegexParser parser = new RegexParser(source);
        parser.flagsAtStart();
        RegexNode root = parser.alternatives();
        if (parser.at < parser.source.length) {
            throw wrong("unmatched )");
        }
        for (int number : parser.asked) {
            parser.checkGroup(number);
        }
        return new Parsed(root, parser.groups);
    }

    private static IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(message);
    }

    private int peek() {
        return at < source.length ? source[at] : -1;
    }

    private boolean take(int c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private boolean take(String text) {
        boolean there = at + text.length() <= source.length && new String(source, at, text.length()).equals(text);
        at += there ? text.length() : 0;
        return there;
    }

    /** Global flags, {@code (?i)}; there may be several. */
    private void flagsAtStart() {
        while (true) {
            int start = at;
            skipBlanks();
            if (!take("(?") || !isFlag(peek())) {
                at = start;
                return;
            }
            Flags read = flagLetters();
            if (!take(')')) {
                at = start;
                return;
            }
            flags = read;
        }
    }

    private static boolean isFlag(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z' && c != 'P');
    }

    private Flags flagLetters() {
        Flags read = flags;
        boolean on = true;
        int start = at;
        while (at < source.length && peek() != ')' && peek() != ':') {
            int c = source[at++];
            if (c == '-' && on) {
                on = false;
            } else if ("imsx".indexOf(c) >= 0 || (on && "au".indexOf(c) >= 0)) {
                read = read.with(c, on);
            } else {
                throw wrong("the flags " + new String(source, start, at - start)
                        + " are not supported, only a, i, m, s, u and x");
            }
        }
        if (!on && source[at - 1] == '-') {
            throw wrong("a flag is missing after -");
        }
        return read;
    }

    private RegexNode alternatives() {
        List<RegexNode> parts = new ArrayList<>();
        do {
            parts.add(sequence());
        } while (take('|'));
        return parts.size() == 1 ? parts.get(0) : new Alternatives(parts);
    }

    private RegexNode sequence() {
        if (++depth > MOST_NESTED) {
            throw wrong("groups are nested more than " + MOST_NESTED + " deep");
        }
        List<RegexNode> parts = parts();
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
    }

    private List<RegexNode> parts() {
        List<RegexNode> parts = new ArrayList<>();
        boolean repeatable = false;
        boolean repeated = false;
        while (true) {
            skipBlanks();
            int c = peek();
            if (c < 0 || c == '|' || c == ')') {
                return parts;
            }
            int start = at;
            int[] counts = QUANTIFIERS.indexOf(c) >= 0 ? quantifier() : null;
            if (counts == null) {
                at = start;
                RegexNode part = part();
                if (part != null) {
                    parts.add(part);
                    repeatable = !(part instanceof Place);
                    repeated = false;
                }
                continue;
            }
            if (!repeatable) {
                throw wrong("nothing stands before the repetition " + new String(source, start, at - start));
            }
            if (repeated) {
                throw wrong("a repetition is repeated: " + new String(source, start, at - start));
            }
            RegexNode body = parts.remove(parts.size() - 1);
            if (take('?')) {
                parts.add(new Repeat(body, counts[0], counts[1], false));
            } else {
                parts.add(take('+') ? possessive(body, counts) : new Repeat(body, counts[0], counts[1], true));
            }
            repeated = true;
        }
    }

    /**
     * Each round matches in its first way, as in CPython; the content of its groups then depends on CPython's version.
     */
    private static RegexNode possessive(RegexNode body, int[] counts) {
        if (body.captures()) {
            throw wrong("a group within a repetition that is followed by + is not supported. Write (?:...)");
        }
        return new Atomic(new Repeat(new Atomic(body), counts[0], counts[1], true));
    }

    private void skipBlanks() {
        while (flags.verbose() && at < source.length) {
            if (Characters.isAsciiSpace(source[at])) {
                at++;
            } else if (source[at] == '#') {
                while (at < source.length && source[at] != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    /** Lower and upper bound; null for a literal brace. */
    private int @Nullable [] quantifier() {
        int sign = source[at++];
        if (sign != '{') {
            return new int[] {sign == '+' ? 1 : 0, sign == '?' ? 1 : RegexNode.UNBOUNDED};
        }
        if (peek() == '}') {
            return null;
        }
        int start = at;
        int min = number();
        boolean noMin = at == start;
        boolean comma = take(',');
        start = at;
        int max = comma ? number() : min;
        boolean noMax = comma ? at == start : noMin;
        if (!take('}')) {
            return null;
        }
        max = noMax ? RegexNode.UNBOUNDED : max;
        if (max < min) {
            throw wrong("a repetition has a larger lower bound than its upper bound");
        }
        return new int[] {min, max};
    }

    private int number() {
        long number = 0;
        while (peek() >= '0' && peek() <= '9') {
            number = number * 10 + source[at++] - '0';
            if (number >= RegexNode.UNBOUNDED) {
                throw wrong("a number of repetitions is too large");
            }
        }
        return (int) number;
    }

    /** The next part; null for a comment. */
    private @Nullable RegexNode part() {
        int c = source[at++];
        return switch (c) {
            case '\\' -> escape();
            case '[' -> set();
            case '(' -> group();
            case '.' -> new One(flags.dotAll() ? any -> true : any -> any != '\n');
            case '^' -> flags.lines() ? Place.LINE_START : Place.START;
            case '$' -> flags.lines() ? Place.LINE_END : Place.END;
            default -> literal(c);
        };
    }

    private RegexNode literal(int c) {
        if (flags.ignoreCase() && Characters.hasCase(c, flags.ascii())) {
            BitSet letters = new BitSet();
            letters.set(c);
            return new One(new CharacterSet(false, letters, Set.of(), true, flags.ascii()));
        }
        return new One(other -> other == c);
    }

    private @Nullable RegexNode group() {
        if (!take('?')) {
            return capture(null);
        }
        Flags outside = flags;
        int c = peek();
        if (take('P')) {
            if (take('<')) {
                return capture(name('>'));
            }
            if (take('=')) {
                String name = name(')');
                Integer number = names.get(name);
                if (number == null) {
                    throw wrong("there is no group '" + name + "'");
                }
                return again(number);
            }
            throw wrong(
                    "the group (?P" + (at < source.length ? Character.toString(source[at]) : "") + " is not supported");
        }
        if (take('#')) {
            while (at < source.length && source[at] != ')') {
                at++;
            }
            if (!take(')')) {
                throw wrong("a comment is not closed");
            }
            return null;
        }
        if (take(':')) {
            return new Sequence(List.of(body()));
        }
        if (take('>')) {
            return new Atomic(body());
        }
        if (take('=') || take('!')) {
            return new Look(body(), 0, c == '!');
        }
        if (take("<=") || take("<!")) {
            boolean negative = source[at - 1] == '!';
            int before = lookingBack;
            lookingBack = Math.min(before, groups);
            RegexNode body = body();
            lookingBack = before;
            if (body.least() != body.most()) {
                throw wrong("a look-behind must have a fixed length");
            }
            return new Look(body, body.least(), negative);
        }
        if (take('(')) {
            return conditional();
        }
        if (isFlag(c) || c == '-') {
            int start = at;
            Flags own = flagLetters();
            if (new String(source, start, at - start).matches(".*[au].*")) {
                throw wrong("the flags a and u are supported only at the start, for the whole pattern");
            }
            if (take(')')) {
                throw wrong("global flags must stand at the start of the pattern");
            }
            if (!take(':')) {
                throw wrong("flags are not closed");
            }
            flags = own;
            RegexNode body = body();
            flags = outside;
            return new Sequence(List.of(body));
        }
        throw wrong("the group (?" + (c < 0 ? "" : Character.toString(c))
                + (c == '<' && at + 1 < source.length ? Character.toString(source[at + 1]) : "") + " is not supported");
    }

    private RegexNode body() {
        RegexNode body = alternatives();
        if (!take(')')) {
            throw wrong("a group is not closed");
        }
        return body;
    }

    private RegexNode capture(@Nullable String name) {
        int number = ++groups;
        if (name != null && names.putIfAbsent(name, number) != null) {
            throw wrong("the group '" + name + "' is defined twice");
        }
        RegexNode capture = new Capture(number, body());
        closed.put(number, capture);
        return capture;
    }

    private String name(int end) {
        int start = at;
        while (at < source.length && source[at] != end) {
            at++;
        }
        String name = new String(source, start, at - start);
        if (!take(end)) {
            throw wrong("the name of a group is not closed");
        }
        if (name.isEmpty() || !isName(name)) {
            throw wrong("'" + name + "' is not a valid name of a group");
        }
        return name;
    }

    private static boolean isName(String name) {
        return !Character.isDigit(name.codePointAt(0)) && name.codePoints().allMatch(Characters::isWord);
    }

    private RegexNode again(int number) {
        RegexNode group = closed.get(number);
        if (group == null) {
            throw wrong(number > groups ? "there is no group " + number : "group " + number + " is not closed yet");
        }
        checkLookingBack(number);
        return new Again(number, flags.ignoreCase(), group.least(), group.most());
    }

    private RegexNode conditional() {
        int start = at;
        int number = number();
        if (at == start) {
            String name = name(')');
            Integer named = names.get(name);
            if (named == null) {
                throw wrong("there is no group '" + name + "'");
            }
            number = named;
        } else if (!take(')')) {
            throw wrong("a condition is not closed");
        }
        if (number == 0) {
            throw wrong("there is no group 0");
        }
        if (number <= groups && !closed.containsKey(number)) {
            throw wrong("a condition on its own group is not supported");
        }
        asked.add(number);
        checkLookingBack(number);
        RegexNode yes = sequence();
        RegexNode no = take('|') ? sequence() : new Sequence(List.of());
        if (peek() == '|') {
            throw wrong("a condition has more than two branches");
        }
        if (!take(')')) {
            throw wrong("a group is not closed");
        }
        return new Conditional(number, yes, no);
    }

    /** A look-behind can only refer to groups that were closed before it. */
    private void checkLookingBack(int number) {
        if (lookingBack < RegexNode.UNBOUNDED && (number > lookingBack || !closed.containsKey(number))) {
            throw wrong("a look-behind refers to group " + number + ", which is not closed before it");
        }
    }

    private void checkGroup(int number) {
        if (number > groups) {
            throw wrong("there is no group " + number);
        }
    }

    private RegexNode escape() {
        int c = escaped();
        RegexNode place = switch (c) {
            case 'A' -> Place.START;
            case 'Z' -> Place.VERY_END;
            case 'b' -> flags.ascii() ? Place.ASCII_BOUNDARY : Place.BOUNDARY;
            case 'B' -> flags.ascii() ? Place.NO_ASCII_BOUNDARY : Place.NO_BOUNDARY;
            default -> null;
        };
        if (place != null) {
            return place;
        }
        if ("dDsSwW".indexOf(c) >= 0) {
            return new One(new CharacterSet(false, new BitSet(), Set.of((char) c), flags.ignoreCase(), flags.ascii()));
        }
        if (c >= '1' && c <= '9') {
            int second = peek();
            if (second < '0' || second > '9') {
                return again(c - '0');
            }
            at++;
            if (isOctal(c) && isOctal(second) && isOctal(peek())) {
                return literal(checkedOctal((c - '0') * 64 + (second - '0') * 8 + source[at++] - '0'));
            }
            return again((c - '0') * 10 + second - '0');
        }
        return literal(character(c));
    }

    private static boolean isOctal(int c) {
        return c >= '0' && c <= '7';
    }

    private static int checkedOctal(int code) {
        if (code > 255) {
            throw wrong("an octal escape is above \\377");
        }
        return code;
    }

    private int escaped() {
        if (at >= source.length) {
            throw wrong("it ends with a backslash");
        }
        return source[at++];
    }

    /** The character of an escape whose letter has been read. */
    private int character(int c) {
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
            case 'N' -> named();
            case '0' -> octal(0);
            default -> {
                if (c < 128 && Character.isLetterOrDigit(c)) {
                    throw wrong("\\" + Character.toString(c) + " is not supported");
                }
                yield c;
            }
        };
    }

    /** An octal escape whose first digit has been read. */
    private int octal(int first) {
        int code = first;
        for (int digits = 0; digits < 2 && isOctal(peek()); digits++) {
            code = code * 8 + source[at++] - '0';
        }
        return checkedOctal(code);
    }

    private int named() {
        if (!take('{')) {
            throw wrong("\\N needs the name of a character in braces");
        }
        int start = at;
        while (at < source.length && source[at] != '}') {
            at++;
        }
        String name = new String(source, start, at - start);
        if (!take('}')) {
            throw wrong("the name of a character is not closed");
        }
        try {
            return Character.codePointOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no character named '" + name + "'", e);
        }
    }

    private int hexadecimal(int digits) {
        long code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = peek() < 0 || peek() > 127 ? -1 : Character.digit(peek(), 16);
            if (digit < 0) {
                throw wrong("an escape needs " + digits + " hexadecimal digits");
            }
            code = code * 16 + digit;
            at++;
        }
        if (code > Character.MAX_CODE_POINT) {
            throw wrong("an escape is above \\U0010ffff");
        }
        return (int) code;
    }

    private RegexNode set() {
        int start = at - 1;
        boolean negated = take('^');
        BitSet members = new BitSet();
        Set<Character> kinds = new LinkedHashSet<>();
        int first = at;
        while (true) {
            if (at >= source.length) {
                throw wrong("the set " + new String(source, start, source.length - start) + " is not closed");
            }
            if (peek() == ']' && at > first) {
                at++;
                return new One(new CharacterSet(negated, members, kinds, flags.ignoreCase(), flags.ascii()));
            }
            int from = member(kinds);
            boolean isRange = peek() == '-' && at + 1 < source.length && source[at + 1] != ']';
            if (!isRange) {
                if (from >= 0) {
                    members.set(from);
                }
                continue;
            }
            at++;
            int to = member(kinds);
            if (from < 0 || to < 0) {
                throw wrong("a range of a set starts or ends with a class");
            }
            if (to < from) {
                throw wrong("a range of a set ends before it begins");
            }
            members.set(from, to + 1);
        }
    }

    /** A character of a set; -1 for a class, which is added to the set. */
    private int member(Set<Character> kinds) {
        int c = source[at++];
        if (c != '\\') {
            return c;
        }
        c = escaped();
        if ("dDsSwW".indexOf(c) >= 0) {
            kinds.add((char) c);
            return -1;
        }
        if (c == 'b') {
            return '\b';
        }
        if (isOctal(c)) {
            return octal(c - '0');
        }
        return character(c);
    }
}
