package io.github.ftmaven.runtime.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Runs a pattern like the tokenizers library's engine: by backtracking, without memory of failures. Java's own engine
 * has such a memory, so it would not notice patterns that crash the library. Only the number of steps matters.
 */
final class Backtracking {
    /** Long enough to tell quadratic from linear time. */
    private static final int PUMPED = 200;

    private static final int MOST_STEPS = 60 * PUMPED;
    private static final int MOST_SAMPLES = 10;
    private static final String SAMPLES = "a \n1.A-";
    private static final int MOST_REPEATS = 100_000;

    private final String pattern;
    private int at;
    private final Node root;

    private Backtracking(String pattern) {
        this.pattern = pattern;
        this.root = alternatives();
        if (at < pattern.length()) {
            throw new PatternSyntaxException("unbalanced", pattern, at);
        }
    }

    /** Whether some text takes more steps than proportional to its length. */
    static boolean explodes(String pattern) {
        Backtracking parsed;
        try {
            parsed = new Backtracking(pattern);
        } catch (PatternSyntaxException e) {
            return false; // the library rejects it, or only the library knows its syntax
        }
        Set<Integer> samples = new LinkedHashSet<>();
        pattern.codePoints()
                .filter(c -> Character.isLetterOrDigit(c) || c > 127)
                .limit(MOST_SAMPLES / 2)
                .forEach(samples::add);
        SAMPLES.codePoints().filter(c -> samples.size() < MOST_SAMPLES).forEach(samples::add);
        try {
            for (int x : samples) {
                for (int y : samples) {
                    String pumped = (Character.toString(x) + Character.toString(y)).repeat(PUMPED / 2);
                    for (String end : x == y ? List.of("", "!", "\n", "a", " ", "1") : List.of("", "!")) {
                        parsed.run(pumped + end);
                    }
                }
            }
            return false;
        } catch (TooManyStepsException | StackOverflowError e) {
            return true;
        }
    }

    /** Whether the pattern matches the empty text before a character of some text. */
    static boolean findsNothing(String pattern) {
        Backtracking parsed;
        try {
            parsed = new Backtracking(pattern);
        } catch (PatternSyntaxException e) {
            return false;
        }
        List<String> texts = new ArrayList<>(List.of(pattern.split("[^\\p{L}\\p{N}]+")));
        (SAMPLES + pattern)
                .codePoints()
                .distinct()
                .limit(100)
                .forEach(c -> texts.add(Character.toString(c).repeat(2)));
        try {
            return texts.stream().anyMatch(parsed::findsNothingIn);
        } catch (TooManyStepsException | StackOverflowError e) {
            return false;
        }
    }

    private boolean findsNothingIn(String text) {
        Run run = new Run(text.codePoints().toArray());
        for (int start = 0; start < run.text.length; start++) {
            int from = start;
            int[] end = {-1};
            root.match(run, from, to -> {
                end[0] = to;
                return true;
            });
            if (end[0] == from) {
                return true;
            }
        }
        return false;
    }

    private void run(String text) {
        root.match(new Run(text.codePoints().toArray()), 0, end -> true);
    }

    /** A text, and the number of steps taken on it. */
    private static final class Run {
        private final int[] text;
        private int steps;

        Run(int[] text) {
            this.text = text;
        }

        void step() {
            if (++steps > MOST_STEPS) {
                throw new TooManyStepsException();
            }
        }
    }

    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super(null, null, false, false);
        }
    }

    /** A part of a pattern: tries its alternatives in order, and continues with the rest for each. */
    @FunctionalInterface
    private interface Node {
        boolean match(Run run, int from, IntPredicate rest);
    }

    private Node alternatives() {
        List<Node> ways = new ArrayList<>();
        ways.add(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            ways.add(sequence());
        }
        return ways.size() == 1
                ? ways.get(0)
                : (run, from, rest) -> {
                    for (Node way : ways) {
                        if (way.match(run, from, rest)) {
                            return true;
                        }
                    }
                    return false;
                };
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            parts.add(quantified(part()));
        }
        return sequence(parts, 0);
    }

    private static Node sequence(List<Node> parts, int first) {
        if (first == parts.size()) {
            return (run, from, rest) -> rest.test(from);
        }
        Node head = parts.get(first);
        Node tail = sequence(parts, first + 1);
        return (run, from, rest) -> head.match(run, from, end -> tail.match(run, end, rest));
    }

    private Node part() {
        char c = pattern.charAt(at);
        return switch (c) {
            case '(' -> group();
            case '[' -> one(characterClass());
            case '\\' -> escape();
            case '^', '$' -> {
                at++;
                yield (run, from, rest) -> (from == (c == '^' ? 0 : run.text.length)) && rest.test(from);
            }
            case '.' -> {
                at++;
                yield one(".");
            }
            default -> {
                int character = pattern.codePointAt(at);
                at += Character.charCount(character);
                yield (run, from, rest) -> {
                    run.step();
                    return from < run.text.length && run.text[from] == character && rest.test(from + 1);
                };
            }
        };
    }

    private Node group() {
        int start = at++;
        boolean negative = false;
        boolean ahead = false;
        boolean behind = false;
        boolean atomic = false;
        if (pattern.startsWith("?", at)) {
            ahead = pattern.startsWith("?=", at) || pattern.startsWith("?!", at);
            behind = pattern.startsWith("?<=", at) || pattern.startsWith("?<!", at);
            atomic = pattern.startsWith("?>", at);
            negative = pattern.startsWith("?!", at) || pattern.startsWith("?<!", at);
            if (ahead || behind || atomic) {
                at += behind ? 3 : 2;
            } else if (pattern.startsWith("?<", at)) {
                at = pattern.indexOf('>', at) + 1;
            } else {
                while (at < pattern.length() && ":)".indexOf(pattern.charAt(at)) < 0) {
                    at++; // flags
                }
                at += pattern.startsWith(":", at) ? 1 : 0;
            }
        }
        Node inner = alternatives();
        if (at <= start || at >= pattern.length()) {
            throw new PatternSyntaxException("unclosed group", pattern, start);
        }
        at++;
        if (behind) {
            return (run, from, rest) -> rest.test(from); // assumed to match
        } else if (ahead) {
            boolean wanted = !negative;
            return (run, from, rest) -> inner.match(run, from, end -> true) == wanted && rest.test(from);
        } else if (atomic) {
            return atomic(inner);
        }
        return inner;
    }

    private static Node atomic(Node inner) {
        return (run, from, rest) -> {
            int[] end = {-1};
            return inner.match(run, from, to -> {
                        end[0] = to;
                        return true;
                    })
                    && rest.test(end[0]);
        };
    }

    private Node escape() {
        int start = at;
        at += 2;
        char c = start + 1 < pattern.length() ? pattern.charAt(start + 1) : '\\';
        if ((c == 'p' || c == 'P' || c == 'x') && pattern.startsWith("{", at)) {
            at = pattern.indexOf('}', at) + 1;
        } else if (c == 'x') {
            at += 2;
        } else if (c == 'u') {
            at += 4;
        } else if ("AzZGbB".indexOf(c) >= 0) {
            return (run, from, rest) -> {
                run.step();
                return (c != 'A' || from == 0) && ("zZ".indexOf(c) < 0 || from == run.text.length) && rest.test(from);
            };
        }
        if (at <= start || at > pattern.length()) {
            throw new PatternSyntaxException("unfinished escape", pattern, start);
        }
        return one(pattern.substring(start, at));
    }

    private String characterClass() {
        int start = at++;
        at += pattern.startsWith("^", at) ? 1 : 0;
        at += pattern.startsWith("]", at) ? 1 : 0;
        for (int depth = 1; depth > 0; at++) {
            if (at >= pattern.length()) {
                throw new PatternSyntaxException("unclosed class", pattern, start);
            }
            switch (pattern.charAt(at)) {
                case '\\' -> at++;
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {}
            }
        }
        return pattern.substring(start, at);
    }

    /** A character class, which Java has under almost the same name. */
    private static Node one(String source) {
        Pattern single = compile(source);
        Map<Integer, Boolean> known = new HashMap<>();
        return (run, from, rest) -> {
            run.step();
            return from < run.text.length
                    && known.computeIfAbsent(
                            run.text[from],
                            c -> single.matcher(Character.toString(c)).matches())
                    && rest.test(from + 1);
        };
    }

    private static Pattern compile(String source) {
        try {
            return Pattern.compile(source);
        } catch (PatternSyntaxException e) {
            return Pattern.compile(source.replaceAll("\\\\([pP])\\{(\\^?)", "\\\\$1{Is"));
        }
    }

    private Node quantified(Node part) {
        Node node = part;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int least = c == '+' ? 1 : 0;
            int most = c == '?' ? 1 : Integer.MAX_VALUE;
            if (c == '{') {
                int close = pattern.indexOf('}', at);
                String[] bounds = close < 0
                        ? new String[0]
                        : pattern.substring(at + 1, close).split(",", -1);
                if (bounds.length == 0
                        || bounds.length > 2
                        || !String.join("", bounds).matches("[0-9]{1,9}")) {
                    throw new PatternSyntaxException("a brace", pattern, at);
                }
                least = bounds[0].isEmpty() ? 0 : Integer.parseInt(bounds[0]);
                most = bounds.length == 1 ? least : bounds[1].isEmpty() ? most : Integer.parseInt(bounds[1]);
                if (least > MOST_REPEATS) {
                    throw new PatternSyntaxException("more repetitions than the library takes", pattern, at);
                }
                at = close;
            } else if ("*+?".indexOf(c) < 0) {
                return node;
            }
            at++;
            boolean lazy = pattern.startsWith("?", at);
            boolean possessive = c != '{' && pattern.startsWith("+", at);
            at += lazy || possessive ? 1 : 0;
            Node repeated = repeated(node, least, most, lazy);
            node = possessive ? atomic(repeated) : repeated;
        }
        return node;
    }

    private static Node repeated(Node part, int least, int most, boolean lazy) {
        return new Node() {
            @Override
            public boolean match(Run run, int from, IntPredicate rest) {
                return match(run, from, 0, rest);
            }

            private boolean match(Run run, int from, int count, IntPredicate rest) {
                run.step();
                if (lazy && count >= least && rest.test(from)) {
                    return true;
                }
                if (count < most
                        && part.match(
                                run, from, end -> (end > from || count < least) && match(run, end, count + 1, rest))) {
                    return true;
                }
                return !lazy && count >= least && rest.test(from);
            }
        };
    }
}
