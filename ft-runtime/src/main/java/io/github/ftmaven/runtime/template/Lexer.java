package io.github.ftmaven.runtime.template;

import io.github.ftmaven.runtime.python.Characters;
import io.github.ftmaven.runtime.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits a template into tokens as Jinja2 does: with {@code trim_blocks} and {@code lstrip_blocks}, which remove the
 * newline after a block and the blanks before it on its line, or without them.
 */
final class Lexer {
    private static final String BLANK = "[\\s\\x1c-\\x1f]"; // Python's white space
    private static final Pattern TAG = Pattern.compile("\\{\\{|\\{%|\\{#");
    private static final Pattern RAW = unicode("\\{%[-+]?" + BLANK + "*raw" + BLANK + "*(-%\\}" + BLANK + "*|%\\})");
    private static final Pattern END_RAW =
            unicode("\\{%([-+]?)" + BLANK + "*endraw" + BLANK + "*(?:\\+%\\}|-%\\}" + BLANK + "*|%\\})");
    private static final Pattern END_COMMENT = unicode("\\+#\\}|-#\\}" + BLANK + "*|#\\}");
    private static final Pattern BLOCK_END = unicode("\\+%\\}|-%\\}" + BLANK + "*|%\\}");
    private static final Pattern VARIABLE_END = unicode("-\\}\\}" + BLANK + "*|\\}\\}");
    private static final Pattern SPACE = unicode(BLANK + "+");
    // Possessive, because Java's regex recurses for each repetition of a group that allows backtracking.
    private static final Pattern FLOAT =
            Pattern.compile("\\d++(?:_\\d++)*+(?:\\.\\d++(?:_\\d++)*+(?:[eE][+-]?\\d++)?|[eE][+-]?\\d++)");
    private static final Pattern INTEGER =
            Pattern.compile("0[xX][\\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|\\d++(?:_\\d++)*+");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern STRING =
            Pattern.compile("'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+*/%~\\[\\](){}<>=.:|,;]");

    private final String source;
    private final boolean trimming;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private boolean lineStarting = true; // whether the last token ended a line

    /**
     * Prepares to split a template.
     *
     * @param trimming whether blocks remove the white space around them, and the template loses its last newline
     */
    Lexer(String template, boolean trimming) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        this.source = trimming && source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        this.trimming = trimming;
    }

    private static Pattern unicode(String pattern) {
        return Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS);
    }

    /** The tokens of the template. */
    List<Token> tokens() {
        read();
        return tokens;
    }

    /** The line of the last token. */
    int line() {
        return line;
    }

    private void read() {
        Matcher tag = TAG.matcher(source);
        while (tag.find(position)) {
            int start = tag.start();
            char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
            boolean variable = tag.group().equals("{{");
            data(source.substring(position, start), sign, !variable);
            position = start;
            if (tag.group().equals("{#")) {
                comment();
            } else if (!variable && at(RAW) != null) {
                raw();
            } else {
                int length = sign == '-' || (sign == '+' && !variable) ? 3 : 2;
                token(variable ? Kind.VARIABLE_BEGIN : Kind.BLOCK_BEGIN, tag.group());
                position += length;
                inside(variable);
            }
        }
        data(source.substring(position), ' ', false);
        token(Kind.END, "");
    }

    /** Text before a tag, whose sign decides about the white space between them. */
    private void data(String text, char sign, boolean block) {
        String kept = text;
        if (sign == '-') {
            kept = StringMethods.strip(text, None.NONE, false, true);
        } else if (trimming && sign != '+' && block) {
            int lineStart = text.lastIndexOf('\n') + 1;
            if ((lineStart > 0 || lineStarting)
                    && StringMethods.strip(text, None.NONE, false, true).length() <= lineStart) {
                kept = text.substring(0, lineStart);
            }
        }
        if (!kept.isEmpty()) {
            token(Kind.DATA, kept);
        }
        count(text);
        if (!text.isEmpty()) {
            lineStarting = text.endsWith("\n");
        }
    }

    private void comment() {
        Matcher end = END_COMMENT.matcher(source);
        if (!end.find(position + 2)) {
            throw new TemplateException("a comment is not closed").at(line);
        }
        skip(afterBlock(end.end()));
    }

    private void raw() {
        Matcher begin = RAW.matcher(source).region(position, source.length());
        if (!begin.lookingAt()) {
            throw new IllegalStateException("not a raw block");
        }
        skip(begin.end());
        Matcher end = END_RAW.matcher(source);
        if (!end.find(position)) {
            throw new TemplateException("a raw block is not closed").at(line);
        }
        String sign = end.group(1);
        data(source.substring(position, end.start()), sign.isEmpty() ? ' ' : sign.charAt(0), true);
        position = end.start();
        skip(afterBlock(end.end()));
    }

    /** Skips the newline that a block without a sign removes. */
    private int afterBlock(int end) {
        char sign = source.charAt(end - 3);
        boolean plain = trimming && sign != '+' && sign != '-' && !Characters.isSpace(source.charAt(end - 1));
        return plain && end < source.length() && source.charAt(end) == '\n' ? end + 1 : end;
    }

    private void inside(boolean variable) {
        Deque<String> open = new ArrayDeque<>();
        while (position < source.length()) {
            String end = at(variable ? VARIABLE_END : BLOCK_END);
            if (end != null && open.isEmpty()) {
                token(variable ? Kind.VARIABLE_END : Kind.BLOCK_END, "");
                int next = position + end.length();
                skip(variable ? next : afterBlock(next));
                return;
            }
            String found;
            if ((found = at(SPACE)) != null) {
                skip(position + found.length());
            } else if ((found = at(FLOAT)) != null) {
                take(Kind.FLOAT, found);
            } else if ((found = at(INTEGER)) != null) {
                take(Kind.INTEGER, found);
            } else if ((found = at(NAME)) != null) {
                take(Kind.NAME, found);
            } else if ((found = at(STRING)) != null) {
                token(Kind.STRING, Escapes.unescape(found.substring(1, found.length() - 1)));
                skip(position + found.length());
            } else if ((found = at(OPERATOR)) != null) {
                balance(open, found);
                take(Kind.OPERATOR, found);
            } else {
                throw new TemplateException("unexpected '" + source.charAt(position) + "'").at(line);
            }
        }
        throw new TemplateException("a tag is not closed").at(line);
    }

    private void balance(Deque<String> open, String operator) {
        if ("([{".contains(operator)) {
            open.push(operator);
        } else if (")]}".contains(operator)) {
            int kind = ")]}".indexOf(operator);
            if (open.isEmpty() || "([{".indexOf(open.pop()) != kind) {
                throw new TemplateException("unexpected '" + operator + "'").at(line);
            }
        }
    }

    private void take(Kind kind, String text) {
        token(kind, text);
        position += text.length();
    }

    private void skip(int end) {
        String text = source.substring(position, end);
        count(text);
        lineStarting = text.endsWith("\n");
        position = end;
    }

    private void count(String text) {
        line += (int) text.chars().filter(c -> c == '\n').count();
    }

    private void token(Kind kind, String text) {
        tokens.add(new Token(kind, text, line));
    }

    private @Nullable String at(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(position, source.length());
        return matcher.lookingAt() ? matcher.group() : null;
    }
}
