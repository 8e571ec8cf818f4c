package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.List;

/** The environment of a statement: its names, its output, and the state of the whole rendering. */
record Frame(Run run, Scope scope, Text out, int loopDepth) {
    /** The state that all frames of a rendering share. */
    static final class Run {
        final List<Rendering.Span> generated = new ArrayList<>();
        final boolean strict;
        final Budget budget = Budget.current();
        int line;

        /**
         * Begins a rendering.
         *
         * @param strict whether any use of an undefined value is an error, as with Jinja's StrictUndefined
         */
        Run(boolean strict) {
            this.strict = strict;
        }

        void step() {
            budget.spend(1);
        }
    }

    /** A value at its use. */
    Object known(Object value) {
        if (run.strict && value instanceof Undefined undefined) {
            throw undefined.error();
        }
        return value;
    }

    boolean truth(Object value) {
        return Python.truth(known(value));
    }

    Frame inner() {
        return new Frame(run, new Scope(scope), out, loopDepth);
    }

    Frame capturing() {
        return new Frame(run, new Scope(scope), new Text(), loopDepth);
    }

    void write(String text) {
        out.append(text);
    }
}
