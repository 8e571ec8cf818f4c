package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.List;

/** Where a statement runs: its names, its output, and the bounds of the whole rendering. */
record Frame(Run run, Scope scope, StringBuilder out, int loopDepth) {
    private static final long MOST_STEPS = 20_000_000;
    private static final int DEEPEST = 200;
    private static final int LONGEST = 1 << 25;

    /** What all frames of one rendering share. */
    static final class Run {
        final List<Rendering.Span> generated = new ArrayList<>();
        final boolean strict;
        int line;
        private long steps;
        private int depth;

        /**
         * Begins a rendering.
         *
         * @param strict whether what is undefined is an error wherever it is used: Jinja's StrictUndefined
         */
        Run(boolean strict) {
            this.strict = strict;
        }

        void step() {
            if (++steps > MOST_STEPS) {
                throw new TemplateException("the template runs too long");
            }
        }

        void enter() {
            if (++depth > DEEPEST) {
                throw new TemplateException("calls are nested too deeply");
            }
        }

        void leave() {
            depth--;
        }
    }

    /** A value that is about to be used. */
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
        return new Frame(run, new Scope(scope), new StringBuilder(), loopDepth);
    }

    void write(String text) {
        if (out.length() + text.length() > LONGEST) {
            throw new TemplateException("the output becomes too long");
        }
        out.append(text);
    }
}
