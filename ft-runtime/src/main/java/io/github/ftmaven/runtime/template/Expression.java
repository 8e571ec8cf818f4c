package io.github.ftmaven.runtime.template;

/** A parsed expression. */
@FunctionalInterface
interface Expression {
    Object evaluate(Frame frame);
}
