package io.github.ftmaven.runtime.assertion;

/**
 * Rewrites {@code //} comments in a text as {@code #} comments, only as far as the text is read: text after a mistake
 * is never processed. Slashes in quotes and in URLs ({@code ://}) do not start comments.
 */
final class HashComments {
    private enum State {
        NORMAL,
        SINGLE_QUOTES,
        DOUBLE_QUOTES,
        COMMENT
    }

    private final String source;
    private final int sourceEnd;
    private final int end;
    private final StringBuilder made = new StringBuilder();
    private State state = State.NORMAL;
    private int position;
    private int line; // its start
    private int token; // the start of the last one without white space
    private int scheme = -1; // the position of the last ://
    private int backslashes;

    /** Reads the text between two indices, followed by the given number of missing closing braces. */
    HashComments(String source, int start, int end, int missingBraces) {
        this.source = source;
        this.sourceEnd = end;
        this.end = end + missingBraces;
        this.position = start;
        this.line = start;
        this.token = start;
    }

    /** The character at an index; 0 after the end. */
    char at(int index) {
        while (index >= made.length() && position < end) {
            step();
        }
        return index < made.length() ? made.charAt(index) : '\0';
    }

    /** The rewritten text between two indices that were read. */
    String slice(int from, int to) {
        at(to);
        return made.substring(from, Math.min(to, made.length()));
    }

    /** The number of rewritten characters. */
    int length() {
        return made.length();
    }

    private void step() {
        char c = source(position);
        if (c == '\n') {
            made.append(c);
            position++;
            line = position;
            token = position;
            scheme = -1;
            backslashes = 0;
            state = State.NORMAL;
            return;
        }
        char next = next(position);
        if (state == State.NORMAL && c == '/' && next == '/' && !isAddress()) {
            int slashes = 2;
            while (next(position + slashes - 1) == '/') {
                slashes++;
            }
            made.append("#".repeat(slashes / 2));
            position += slashes;
            state = State.COMMENT;
            return;
        }
        switch (state) {
            case NORMAL -> {
                if (c == '"') {
                    state = State.DOUBLE_QUOTES;
                } else if (c == '\'' && !(position > line && isLetter(source(position - 1)))) {
                    state = State.SINGLE_QUOTES;
                }
            }
            case SINGLE_QUOTES -> {
                if (c == '\'' && backslashes % 2 == 0 && !isLetter(next)) {
                    state = State.NORMAL;
                }
            }
            case DOUBLE_QUOTES -> {
                if (c == '"' && backslashes % 2 == 0) {
                    state = State.NORMAL;
                }
            }
            default -> {}
        }
        backslashes = c == '\\' ? backslashes + 1 : 0;
        if (Js.isSpace(c)) {
            token = position + 1;
        }
        if (c == ':' && next == '/' && next(position + 1) == '/') {
            scheme = position;
        }
        made.append(c);
        position++;
    }

    private boolean isAddress() {
        return scheme >= token && scheme >= line;
    }

    /** The character after an index of the line; 0 at its end. */
    private char next(int index) {
        return index + 1 < end && source(index + 1) != '\n' ? source(index + 1) : '\0';
    }

    private char source(int index) {
        return index < sourceEnd ? source.charAt(index) : '}';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
