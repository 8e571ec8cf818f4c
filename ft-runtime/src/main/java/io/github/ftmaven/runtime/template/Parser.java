package io.github.ftmaven.runtime.template;

import io.github.ftmaven.runtime.template.ExpressionParser.ArgumentList;
import io.github.ftmaven.runtime.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Parses templates into statements. */
final class Parser {
    private static final int DEEPEST = 100;

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int depth;
    private int loops; // around the current position, within the same macro

    Parser(List<Token> tokens) {
        this.tokens = new TokenStream(tokens);
        this.expressions = new ExpressionParser(this.tokens);
    }

    Statement template() {
        Statement body = body(Set.of());
        if (tokens.current().kind() != Kind.END) {
            throw tokens.error("unexpected '" + tokens.current().text() + "'");
        }
        return body;
    }

    /** Statements up to a block with one of the given names; only the beginning of that block is consumed. */
    private Statement body(Set<String> ends) {
        if (++depth > DEEPEST) {
            throw tokens.error("blocks are nested too deeply");
        }
        int begun = tokens.current().line();
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Kind.END) {
                if (!ends.isEmpty()) {
                    throw new TemplateException("the block that begins here has no "
                                    + ends.stream().sorted().reduce((a, b) -> b).orElse("end"))
                            .at(begun);
                }
                break;
            }
            tokens.next();
            if (token.kind() == Kind.DATA) {
                statements.add(frame -> frame.write(token.text()));
            } else if (token.kind() == Kind.VARIABLE_BEGIN) {
                Expression value = expressions.tuple(true);
                tokens.expect(Kind.VARIABLE_END);
                statements.add(frame -> {
                    frame.run().line = token.line();
                    frame.write(Python.text(frame.known(value.evaluate(frame))));
                });
            } else {
                Token name = tokens.current();
                if (ends.contains(name.text())) {
                    break;
                }
                Statement statement = statement(tokens.expect(Kind.NAME));
                statements.add(frame -> {
                    frame.run().line = name.line();
                    frame.run().step();
                    statement.run(frame);
                });
            }
        }
        depth--;
        return Statement.all(statements);
    }

    /** The body of a function, to which no enclosing loop applies. */
    private Statement apart(Set<String> ends) {
        int around = loops;
        loops = 0;
        Statement body = body(ends);
        loops = around;
        return body;
    }

    private Statement statement(Token name) {
        return switch (name.text()) {
            case "for" -> loop();
            case "if" -> condition();
            case "set" -> assignment();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> filterBlock();
            case "with" -> with();
            case "generation" -> generation();
            case "break" -> control(name, true);
            case "continue" -> control(name, false);
            default -> throw new TemplateException("unknown block '" + name.text() + "'").at(name.line());
        };
    }

    private Statement control(Token name, boolean leaves) {
        if (loops == 0) {
            throw new TemplateException("break or continue outside of a loop").at(name.line());
        }
        tokens.expect(Kind.BLOCK_END);
        return frame -> {
            throw new LoopControl(leaves);
        };
    }

    private void end(String name) {
        if (!tokens.skipName(name)) {
            throw tokens.unexpected(name);
        }
        tokens.expect(Kind.BLOCK_END);
    }

    private Statement loop() {
        BiConsumer<Frame, Object> target = target();
        if (!tokens.skipName("in")) {
            throw tokens.unexpected("'in'");
        }
        Expression iterable = expressions.tuple(false);
        Optional<Expression> filter = tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = tokens.skipName("recursive");
        tokens.expect(Kind.BLOCK_END);
        loops++;
        Statement body = body(Set.of("endfor", "else"));
        loops--;
        Statement otherwise = frame -> {};
        if (tokens.skipName("else")) {
            tokens.expect(Kind.BLOCK_END);
            otherwise = body(Set.of("endfor"));
        }
        end("endfor");
        return new For(target, iterable, filter, recursive, body, otherwise);
    }

    private record For(
            BiConsumer<Frame, Object> target,
            Expression iterable,
            Optional<Expression> filter,
            boolean recursive,
            Statement body,
            Statement otherwise)
            implements Statement {
        @Override
        public void run(Frame frame) {
            run(frame, iterable.evaluate(frame), frame.loopDepth());
        }

        private void run(Frame frame, Object values, int depth) {
            List<Object> items = Python.items(frame.known(values));
            if (filter.isPresent()) {
                List<Object> kept = new ArrayList<>();
                for (Object item : items) {
                    frame.run().step();
                    Frame inner = frame.inner();
                    target.accept(inner, item);
                    if (inner.truth(filter.get().evaluate(inner))) {
                        kept.add(item);
                    }
                }
                items = kept;
            }
            Callable recursion = arguments -> {
                Frame capturing = frame.capturing();
                frame.run().budget.enter();
                run(capturing, arguments.get(0, "iterable"), depth + 1);
                frame.run().budget.leave();
                return capturing.out().toString();
            };
            Loop loop = new Loop(items, depth, recursive ? recursion : null);
            boolean completed = false; // Jinja's else also runs if every iteration was cut short
            for (int i = 0; i < items.size(); i++) {
                frame.run().step();
                loop.at(i);
                Frame inner = frame.inner();
                inner.scope().set("loop", loop);
                target.accept(inner, items.get(i));
                try {
                    body.run(inner);
                    completed = true;
                } catch (LoopControl control) {
                    if (control.leaves()) {
                        break;
                    }
                }
            }
            if (!completed) {
                otherwise.run(frame.inner());
            }
        }
    }

    private Statement condition() {
        List<Expression> conditions = new ArrayList<>();
        List<Statement> bodies = new ArrayList<>();
        Statement otherwise = frame -> {};
        Set<String> ends = Set.of("elif", "else", "endif");
        do {
            conditions.add(expressions.tuple(false)); // as in Jinja, an inline if needs parentheses here
            tokens.expect(Kind.BLOCK_END);
            bodies.add(body(ends));
        } while (tokens.skipName("elif"));
        if (tokens.skipName("else")) {
            tokens.expect(Kind.BLOCK_END);
            otherwise = body(Set.of("endif"));
        }
        end("endif");
        Statement last = otherwise;
        return frame -> {
            for (int i = 0; i < bodies.size(); i++) {
                if (frame.truth(conditions.get(i).evaluate(frame))) {
                    bodies.get(i).run(frame);
                    return;
                }
            }
            last.run(frame);
        };
    }

    private Statement assignment() {
        BiConsumer<Frame, Object> target = target();
        if (tokens.skipOperator("=")) {
            Expression value = expressions.tuple(true);
            tokens.expect(Kind.BLOCK_END);
            return frame -> target.accept(frame, value.evaluate(frame));
        }
        Captured captured = new Captured();
        Expression value = expressions.filters(captured);
        tokens.expect(Kind.BLOCK_END);
        Statement body = body(Set.of("endset"));
        end("endset");
        return frame -> target.accept(frame, captured.with(body, value, frame));
    }

    /** The output of a block, as the input of its filters. */
    private static final class Captured implements Expression {
        private static final String NAME = "captured text"; // names in templates have no spaces

        @Override
        public Object evaluate(Frame frame) {
            return frame.scope().get(NAME);
        }

        Object with(Statement body, Expression filtered, Frame frame) {
            Frame inner = frame.capturing();
            body.run(inner);
            inner.scope().set(NAME, inner.out().toString());
            return filtered.evaluate(inner);
        }
    }

    private Statement filterBlock() {
        Captured captured = new Captured();
        Expression value = expressions.filtersFrom(captured);
        tokens.expect(Kind.BLOCK_END);
        Statement body = body(Set.of("endfilter"));
        end("endfilter");
        return frame -> {
            Object filtered = captured.with(body, value, frame);
            if (!(Markup.plain(filtered) instanceof String text)) {
                throw new TemplateException("a filter block must return a text, not " + Python.type(filtered));
            }
            frame.write(text);
        };
    }

    /** The target of an assignment: a name, an attribute of a namespace, or several of these. */
    private BiConsumer<Frame, Object> target() {
        List<BiConsumer<Frame, Object>> targets = new ArrayList<>();
        boolean parentheses = tokens.skipOperator("(");
        boolean several = parentheses;
        do {
            if (!targets.isEmpty()
                    && tokens.current().kind() != Kind.NAME
                    && !tokens.current().operator("(")) {
                break;
            }
            targets.add(tokens.current().operator("(") ? target() : oneTarget());
            several |= tokens.current().operator(",");
        } while (tokens.skipOperator(","));
        if (parentheses) {
            tokens.expectOperator(")");
        }
        if (!several) {
            return targets.get(0);
        }
        return (frame, value) -> {
            frame.run().step();
            List<Object> values = Python.items(value);
            if (values.size() != targets.size()) {
                throw new TemplateException("expected " + targets.size() + " values to unpack, found " + values.size());
            }
            for (int i = 0; i < values.size(); i++) {
                targets.get(i).accept(frame, values.get(i));
            }
        };
    }

    private BiConsumer<Frame, Object> oneTarget() {
        Token name = tokens.expect(Kind.NAME);
        if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
            throw tokens.error("'" + name.text() + "' cannot be assigned to");
        }
        if (!tokens.skipOperator(".")) {
            return (frame, value) -> frame.scope().set(name.text(), value);
        }
        String attribute = tokens.expect(Kind.NAME).text();
        return (frame, value) -> {
            if (!(frame.scope().get(name.text()) instanceof Namespace namespace)) {
                throw new TemplateException("cannot assign attribute on non-namespace object");
            }
            namespace.set(attribute, value);
        };
    }

    private List<Macro.Parameter> parameters() {
        List<Macro.Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            String name = tokens.expect(Kind.NAME).text();
            Optional<Expression> fallback =
                    tokens.skipOperator("=") ? Optional.of(expressions.expression()) : Optional.empty();
            parameters.add(new Macro.Parameter(name, fallback));
        }
        return parameters;
    }

    private Statement macro() {
        String name = tokens.expect(Kind.NAME).text();
        List<Macro.Parameter> parameters = parameters();
        tokens.expect(Kind.BLOCK_END);
        Set<String> used = tokens.watch();
        Statement body = apart(Set.of("endmacro"));
        tokens.unwatch();
        end("endmacro");
        return frame -> frame.scope().set(name, new Macro(name, parameters, used, body, frame));
    }

    private Statement callBlock() {
        List<Macro.Parameter> parameters = tokens.current().operator("(") ? parameters() : List.of();
        Token name = tokens.expect(Kind.NAME);
        ArgumentList arguments = expressions.arguments();
        tokens.expect(Kind.BLOCK_END);
        Set<String> used = tokens.watch();
        Statement body = apart(Set.of("endcall"));
        tokens.unwatch();
        end("endcall");
        return frame -> {
            if (!(frame.scope().get(name.text()) instanceof Callable callee)) {
                throw new TemplateException("'" + name.text() + "' is not callable");
            }
            Arguments given = arguments.evaluate(frame);
            Map<String, Object> named = new LinkedHashMap<>(given.named());
            named.put("caller", new Macro("caller", parameters, used, body, frame));
            frame.write(Python.text(callee.call(new Arguments(given.positional(), named))));
        };
    }

    private Statement with() {
        List<BiConsumer<Frame, Object>> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (tokens.current().kind() != Kind.BLOCK_END) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(oneTarget());
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        tokens.expect(Kind.BLOCK_END);
        Statement body = body(Set.of("endwith"));
        end("endwith");
        return frame -> {
            Frame inner = frame.inner();
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).accept(inner, values.get(i).evaluate(frame));
            }
            body.run(inner);
        };
    }

    private Statement generation() {
        tokens.expect(Kind.BLOCK_END);
        Statement body = body(Set.of("endgeneration"));
        end("endgeneration");
        return frame -> {
            int start = frame.out().length();
            body.run(frame);
            frame.run().generated.add(new Rendering.Span(start, frame.out().length()));
        };
    }
}
