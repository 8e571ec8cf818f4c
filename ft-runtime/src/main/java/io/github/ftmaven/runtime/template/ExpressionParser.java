package io.github.ftmaven.runtime.template;

import io.github.ftmaven.runtime.template.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses expressions, loosest operators first, in Jinja2's order of precedence. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final int DEEPEST = 200;
    private static final int LONGEST_INTEGER = 4300; // as in Python

    /** An operation on a value, such as adding another one. */
    @FunctionalInterface
    private interface Link {
        Object apply(Frame frame, Object value);
    }

    /** Applies operations to the previous result in a loop, so a long chain does not recurse deeply. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chain(Expression start, Link[] links) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = start.evaluate(frame);
            for (Link link : links) {
                value = link.apply(frame, value);
            }
            return value;
        }
    }

    private final TokenStream tokens;
    private int depth;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** Several expressions separated by commas form a tuple. */
    Expression tuple(boolean condition) {
        List<Expression> items = new ArrayList<>();
        Expression first = condition ? expression() : or();
        if (!tokens.current().operator(",")) {
            return first;
        }
        items.add(first);
        while (tokens.skipOperator(",")) {
            if (endOfTuple()) {
                break;
            }
            items.add(condition ? expression() : or());
        }
        return tupleOf(items);
    }

    private boolean endOfTuple() {
        Token token = tokens.current();
        return token.kind() == Kind.BLOCK_END
                || token.kind() == Kind.VARIABLE_END
                || token.operator(")")
                || token.operator("=")
                || token.name("in")
                || token.name("recursive");
    }

    private static Expression chain(Expression start, List<Link> links) {
        return links.isEmpty() ? start : new Chain(start, links.toArray(Link[]::new));
    }

    private static Expression tupleOf(List<Expression> items) {
        return frame -> new Tuple(evaluated(items, frame));
    }

    private static List<Object> evaluated(List<Expression> items, Frame frame) {
        List<Object> values = new ArrayList<>();
        frame.run().budget.spend(items.size());
        for (Expression item : items) {
            values.add(item.evaluate(frame));
        }
        return values;
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw tokens.error("expressions are nested too deeply");
        }
        Expression value = or();
        int conditions = 0;
        while (tokens.skipName("if")) {
            if (++conditions > DEEPEST) {
                throw tokens.error("expressions are nested too deeply");
            }
            Expression then = value;
            Expression condition = or();
            Optional<Expression> otherwise = tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            value = frame -> {
                if (frame.truth(condition.evaluate(frame))) {
                    return then.evaluate(frame);
                }
                return otherwise.isPresent()
                        ? otherwise.get().evaluate(frame)
                        : new Undefined("an inline if without else");
            };
        }
        depth--;
        return value;
    }

    private Expression or() {
        Expression first = and();
        List<Link> links = new ArrayList<>();
        while (tokens.skipName("or")) {
            Expression next = and();
            links.add((frame, value) -> frame.truth(value) ? value : next.evaluate(frame));
        }
        return chain(first, links);
    }

    private Expression and() {
        Expression first = not();
        List<Link> links = new ArrayList<>();
        while (tokens.skipName("and")) {
            Expression next = not();
            links.add((frame, value) -> frame.truth(value) ? next.evaluate(frame) : value);
        }
        return chain(first, links);
    }

    private Expression not() {
        if (tokens.skipName("not")) {
            if (++depth > DEEPEST) {
                throw tokens.error("expressions are nested too deeply");
            }
            Expression value = not();
            depth--;
            return frame -> !frame.truth(value.evaluate(frame));
        }
        return comparison();
    }

    private record Comparison(String operator, Expression right) {}

    private Expression comparison() {
        Expression first = sum();
        List<Comparison> comparisons = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                tokens.next();
                comparisons.add(new Comparison(token.text(), sum()));
            } else if (tokens.skipName("in")) {
                comparisons.add(new Comparison("in", sum()));
            } else if (token.name("not") && tokens.peek().name("in")) {
                tokens.next();
                tokens.next();
                comparisons.add(new Comparison("not in", sum()));
            } else {
                break;
            }
        }
        if (comparisons.isEmpty()) {
            return first;
        }
        return frame -> {
            Object left = frame.known(first.evaluate(frame));
            for (Comparison comparison : comparisons) {
                Object right = frame.known(comparison.right().evaluate(frame));
                if (!Operators.holds(comparison.operator(), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        };
    }

    private Expression sum() {
        Expression first = concatenation();
        List<Link> links = new ArrayList<>();
        while (tokens.current().operator("+") || tokens.current().operator("-")) {
            String operator = tokens.next().text();
            Expression next = concatenation();
            links.add((frame, value) -> Operators.apply(operator, value, next.evaluate(frame)));
        }
        return chain(first, links);
    }

    private Expression concatenation() {
        Expression first = product();
        if (!tokens.current().operator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return frame -> {
            Text text = new Text();
            for (Expression part : parts) {
                text.append(Python.text(frame.known(part.evaluate(frame))));
            }
            return text.toString();
        };
    }

    private Expression product() {
        Expression first = power();
        List<Link> links = new ArrayList<>();
        while (List.of("*", "/", "//", "%").contains(tokens.current().text())
                && tokens.current().kind() == Kind.OPERATOR) {
            String operator = tokens.next().text();
            Expression next = power();
            links.add((frame, value) -> Operators.apply(operator, value, next.evaluate(frame)));
        }
        return chain(first, links);
    }

    private Expression power() {
        Expression first = unary(true);
        List<Link> links = new ArrayList<>();
        while (tokens.skipOperator("**")) {
            Expression next = unary(true);
            links.add((frame, value) -> Operators.apply("**", value, next.evaluate(frame)));
        }
        return chain(first, links);
    }

    private Expression unary(boolean filters) {
        Expression value;
        if (++depth > DEEPEST) {
            throw tokens.error("expressions are nested too deeply");
        }
        if (tokens.skipOperator("-")) {
            Expression operand = unary(false);
            value = frame -> Python.signed(true, operand.evaluate(frame));
        } else if (tokens.skipOperator("+")) {
            Expression operand = unary(false);
            value = frame -> Python.signed(false, operand.evaluate(frame));
        } else {
            value = primary();
        }
        depth--;
        value = postfix(value);
        return filters ? filtersAndTests(value) : value;
    }

    private Expression primary() {
        Token token = tokens.current();
        switch (token.kind()) {
            case NAME -> {
                tokens.next();
                return name(token.text());
            }
            case STRING -> {
                Text text = new Text();
                while (tokens.current().kind() == Kind.STRING) {
                    text.append(tokens.next().text());
                }
                return constant(text.toString());
            }
            case INTEGER -> {
                tokens.next();
                return constant(integer(token.text()));
            }
            case FLOAT -> {
                tokens.next();
                return constant(Double.parseDouble(token.text().replace("_", "")));
            }
            default -> {
                if (tokens.skipOperator("(")) {
                    if (tokens.skipOperator(")")) {
                        return constant(new Tuple(List.of()));
                    }
                    Expression inner = tuple(true);
                    tokens.expectOperator(")");
                    return inner;
                }
                if (tokens.skipOperator("[")) {
                    return list();
                }
                if (tokens.skipOperator("{")) {
                    return map();
                }
                throw tokens.unexpected("an expression");
            }
        }
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> constant(true);
            case "false", "False" -> constant(false);
            case "none", "None" -> constant(None.NONE);
            default ->
                frame -> {
                    frame.run().step();
                    return frame.scope().get(name);
                };
        };
    }

    static Expression constant(Object value) {
        return frame -> value;
    }

    private Object integer(String text) {
        String digits = text.replace("_", "");
        if (digits.length() > LONGEST_INTEGER) {
            throw tokens.error("an integer has more than " + LONGEST_INTEGER + " digits");
        }
        if (digits.length() > 2 && Character.isLetter(digits.charAt(1))) {
            int base = "bBoOxX".indexOf(digits.charAt(1)) / 2;
            return Numbers.of(new BigInteger(digits.substring(2), new int[] {2, 8, 16}[base]));
        }
        return Numbers.of(new BigInteger(digits));
    }

    private Expression list() {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("]")) {
                    break;
                }
            }
            items.add(expression());
        }
        return frame -> evaluated(items, frame);
    }

    private Expression map() {
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!tokens.skipOperator("}")) {
            if (!entries.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("}")) {
                    break;
                }
            }
            Expression key = expression();
            tokens.expectOperator(":");
            entries.put(key, expression());
        }
        return frame -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            Budget.entries(entries.size());
            entries.forEach((key, value) -> map.put(Lookup.key(map, key.evaluate(frame)), value.evaluate(frame)));
            return map;
        };
    }

    Expression postfix(Expression start) {
        List<Link> links = new ArrayList<>();
        while (true) {
            if (tokens.skipOperator(".")) {
                Token token = tokens.next();
                if (token.kind() == Kind.NAME) {
                    links.add((frame, object) -> {
                        frame.run().step();
                        return Lookup.attribute(object, token.text());
                    });
                } else if (token.kind() == Kind.INTEGER) {
                    Object index = integer(token.text());
                    links.add((frame, object) -> {
                        frame.run().step();
                        return Lookup.item(object, index);
                    });
                } else {
                    throw tokens.error("expected a name after '.'");
                }
            } else if (tokens.skipOperator("[")) {
                links.add(subscript());
            } else if (tokens.current().operator("(")) {
                links.add(call());
            } else {
                return chain(start, links);
            }
        }
    }

    private Link subscript() {
        List<Expression> parts = new ArrayList<>();
        boolean slice = false;
        Expression nothing = constant(None.NONE);
        Expression part = nothing;
        while (!tokens.skipOperator("]")) {
            if (tokens.skipOperator(":")) {
                slice = true;
                parts.add(part);
                part = nothing;
            } else {
                part = expression();
            }
        }
        parts.add(part);
        if (!slice) {
            Expression key = part;
            return (frame, object) -> {
                frame.run().step();
                return Lookup.item(object, key.evaluate(frame));
            };
        }
        if (parts.size() > 3) {
            throw tokens.error("a slice has at most three parts");
        }
        Expression step = parts.size() > 2 ? parts.get(2) : nothing;
        return (frame, object) ->
                Lookup.slice(object, parts.get(0).evaluate(frame), parts.get(1).evaluate(frame), step.evaluate(frame));
    }

    private Link call() {
        ArgumentList arguments = arguments();
        return (frame, callee) -> {
            frame.run().step();
            if (callee instanceof Callable callable) {
                return callable.call(arguments.evaluate(frame));
            }
            if (callee instanceof Undefined undefined) {
                throw undefined.error();
            }
            throw new TemplateException("'" + Python.type(callee) + "' object is not callable");
        };
    }

    /** The unevaluated arguments of a call. */
    record ArgumentList(
            List<Expression> positional,
            Map<String, Expression> named,
            List<Expression> unpacked,
            List<Expression> unpackedNamed) {
        static final ArgumentList NONE = new ArgumentList(List.of(), Map.of(), List.of(), List.of());

        Arguments evaluate(Frame frame) {
            List<Object> values = evaluated(positional, frame);
            for (Expression list : unpacked) {
                List<Object> items = Python.items(list.evaluate(frame));
                Budget.items((long) values.size() + items.size());
                values.addAll(items);
            }
            Map<String, Object> byName = new LinkedHashMap<>();
            named.forEach((name, value) -> byName.put(name, value.evaluate(frame)));
            for (Expression map : unpackedNamed) {
                if (!(map.evaluate(frame) instanceof Map<?, ?> entries)) {
                    throw new TemplateException("argument after ** must be a mapping");
                }
                Budget.entries(entries.size());
                entries.forEach((name, value) -> byName.put(Python.text(name), value));
            }
            return new Arguments(values, byName);
        }
    }

    ArgumentList arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        List<Expression> unpacked = new ArrayList<>();
        List<Expression> unpackedNamed = new ArrayList<>();
        tokens.expectOperator("(");
        boolean first = true;
        while (!tokens.skipOperator(")")) {
            if (!first) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            first = false;
            if (tokens.skipOperator("*")) {
                unpacked.add(expression());
            } else if (tokens.skipOperator("**")) {
                unpackedNamed.add(expression());
            } else if (tokens.current().kind() == Kind.NAME && tokens.peek().operator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, expression());
            } else if (named.isEmpty() && unpackedNamed.isEmpty()) {
                positional.add(expression());
            } else {
                throw tokens.error("a positional argument follows a named one");
            }
        }
        return new ArgumentList(positional, named, unpacked, unpackedNamed);
    }

    private Expression filtersAndTests(Expression start) {
        List<Link> links = new ArrayList<>();
        while (true) {
            if (tokens.skipOperator("|")) {
                links.add(filter());
            } else if (tokens.skipName("is")) {
                links.add(test());
            } else if (tokens.current().operator("(")) {
                links.add(call());
            } else {
                return chain(start, links);
            }
        }
    }

    /** A value and its filters, each after a bar. */
    Expression filters(Expression start) {
        List<Link> links = new ArrayList<>();
        while (tokens.skipOperator("|")) {
            links.add(filter());
        }
        return chain(start, links);
    }

    /** Filters whose first has no bar before it. */
    Expression filtersFrom(Expression start) {
        return filters(chain(start, List.of(filter())));
    }

    private Link filter() {
        Text name = new Text().append(tokens.expect(Kind.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Kind.NAME).text());
        }
        ArgumentList arguments = tokens.current().operator("(") ? arguments() : ArgumentList.NONE;
        String filter = name.toString();
        boolean fills = filter.equals("default") || filter.equals("d");
        return (frame, input) -> {
            frame.run().step();
            return Filters.apply(filter, fills ? input : frame.known(input), arguments.evaluate(frame));
        };
    }

    private Link test() {
        boolean negated = tokens.skipName("not");
        Token name = tokens.expect(Kind.NAME);
        ArgumentList arguments = ArgumentList.NONE;
        Token token = tokens.current();
        if (token.operator("(")) {
            arguments = arguments();
        } else if (startsAnArgument(token)) {
            if (token.name("is")) {
                throw tokens.error("tests cannot follow one another; use parentheses");
            }
            Expression argument = postfix(primary());
            arguments = new ArgumentList(List.of(argument), Map.of(), List.of(), List.of());
        }
        ArgumentList given = arguments;
        return (frame, value) -> {
            frame.run().step();
            return negated != Tests.holds(name.text(), value, given.evaluate(frame));
        };
    }

    private static boolean startsAnArgument(Token token) {
        return switch (token.kind()) {
            case NAME ->
                !Set.of("else", "or", "and").contains(token.text())
                        && !token.text().equals("if")
                        && !token.text().equals("in")
                        && !token.text().equals("not");
            case STRING, INTEGER, FLOAT -> true;
            default -> token.operator("[") || token.operator("{");
        };
    }
}
