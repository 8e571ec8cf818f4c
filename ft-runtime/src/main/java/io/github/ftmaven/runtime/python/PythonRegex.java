package io.github.ftmaven.runtime.python;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A Python {@code re} pattern for text, matched as CPython 3.11 matches it: the same alternatives in the same order,
 * the same characters, the same empty matches. Texts come from models and strangers, so neither their length nor their
 * content can overflow the stack. A pattern with too many ways to match a text ends in a {@link RegexCostException}.
 */
public final class PythonRegex {
    private final String source;
    private final RegexProgram program;
    private final RegexProgram.Instruction[] code;

    private PythonRegex(String source, RegexProgram program) {
        this.source = source;
        this.program = program;
        this.code = program.code();
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is not valid; the message says why
     */
    public static PythonRegex compile(String pattern) {
        return new PythonRegex(pattern, RegexProgram.of(RegexParser.parse(pattern)));
    }

    /** The result of {@code re.escape}: a pattern that matches exactly this text. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 128 && !Characters.isAsciiWord(c)) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return escaped.toString();
    }

    /** The pattern as it was written. */
    public String pattern() {
        return source;
    }

    /**
     * The result of {@code re.findall}: the groups of each match, with unmatched groups as empty texts, or the whole
     * match where the pattern has no groups.
     */
    public List<List<String>> findAll(String text) {
        List<List<String>> found = new ArrayList<>();
        int[] characters = text.codePoints().toArray();
        RegexRun run = run(characters);
        int from = 0;
        boolean notEmpty = false;
        while (run.search(from, notEmpty)) {
            found.add(groups(characters, run, Math.min(program.groups(), 1)));
            notEmpty = run.end(0) == run.start(0);
            from = run.end(0);
        }
        return found;
    }

    /** The result of {@code re.sub} with an empty replacement. */
    public String remove(String text) {
        return replace(text, groups -> "");
    }

    /**
     * The result of {@code re.sub}.
     *
     * @param replacement maps a match's groups to its replacement: first the whole match, then the numbered groups,
     *     empty where unmatched
     */
    public String replace(String text, Function<List<String>, String> replacement) {
        int[] characters = text.codePoints().toArray();
        RegexRun run = run(characters);
        StringBuilder made = new StringBuilder();
        int from = 0;
        boolean notEmpty = false;
        while (run.search(from, notEmpty)) {
            made.append(new String(characters, from, run.start(0) - from));
            made.append(replacement.apply(groups(characters, run, 0)));
            notEmpty = run.end(0) == run.start(0);
            from = run.end(0);
        }
        return made.append(new String(characters, from, characters.length - from))
                .toString();
    }

    /** Whether {@code re.match} finds a match, that is, one at the beginning of the text. */
    public boolean matchesStart(String text) {
        return run(text.codePoints().toArray()).matches(false);
    }

    /** Whether {@code re.fullmatch} finds a match, that is, one of the whole text. */
    public boolean matches(String text) {
        return run(text.codePoints().toArray()).matches(true);
    }

    private RegexRun run(int[] characters) {
        return new RegexRun(source, program, code, characters);
    }

    private List<String> groups(int[] characters, RegexRun run, int first) {
        List<String> groups = new ArrayList<>();
        for (int group = first; group <= program.groups(); group++) {
            int start = run.start(group);
            groups.add(start < 0 ? "" : new String(characters, start, run.end(group) - start));
        }
        return groups;
    }
}
