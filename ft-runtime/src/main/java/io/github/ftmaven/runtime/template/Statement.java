package io.github.ftmaven.runtime.template;

import java.util.List;

/** A parsed part of a template, which writes to its frame. */
@FunctionalInterface
interface Statement {
    void run(Frame frame);

    static Statement all(List<Statement> statements) {
        List<Statement> body = List.copyOf(statements);
        return frame -> {
            for (Statement statement : body) {
                statement.run(frame);
            }
        };
    }
}
