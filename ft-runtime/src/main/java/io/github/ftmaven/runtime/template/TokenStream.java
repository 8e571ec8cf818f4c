package io.github.ftmaven.runtime.template;

import io.github.ftmaven.runtime.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A sequence of tokens. */
final class TokenStream {
    private final List<Token> tokens;
    private int position;
    private final Deque<Set<String>> watched = new ArrayDeque<>();

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token next() {
        Token token = tokens.get(position);
        if (token.kind() == Kind.NAME) {
            watched.forEach(names -> names.add(token.text()));
        }
        position += token.kind() == Kind.END ? 0 : 1;
        return token;
    }

    Token peek() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    /** Records names from now on, up to {@link #unwatch}. */
    Set<String> watch() {
        Set<String> names = new HashSet<>();
        watched.push(names);
        return names;
    }

    void unwatch() {
        watched.pop();
    }

    boolean skipOperator(String operator) {
        if (current().operator(operator)) {
            next();
            return true;
        }
        return false;
    }

    boolean skipName(String name) {
        if (current().name(name)) {
            next();
            return true;
        }
        return false;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    Token expect(Kind kind) {
        if (current().kind() != kind) {
            throw unexpected(
                    switch (kind) {
                        case BLOCK_END -> "the end of the block";
                        case VARIABLE_END -> "the end of the expression";
                        case NAME -> "a name";
                        default -> kind.name();
                    });
        }
        return next();
    }

    TemplateException unexpected(String wanted) {
        Token token = current();
        String found = switch (token.kind()) {
            case END -> "the end of the template";
            case BLOCK_END -> "the end of the block";
            case VARIABLE_END -> "the end of the expression";
            default -> "'" + token.text() + "'";
        };
        return error("expected " + wanted + ", found " + found);
    }

    TemplateException error(String message) {
        return new TemplateException(message).at(current().line());
    }
}
