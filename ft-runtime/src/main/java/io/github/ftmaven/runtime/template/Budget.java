package io.github.ftmaven.runtime.template;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Limits the cost of parsing and rendering a template: steps, which stand for time, and characters, which stand for
 * memory. An operation pays before it loops or allocates. Memory is never credited back, so the limit holds whatever
 * stays referenced.
 *
 * <p>Each rendering has one budget, which belongs to its thread: operations on values need it everywhere, and nearly
 * all of them are static functions.
 */
final class Budget {
    /** The most characters of a text and items of a list. */
    static final int LONGEST = 1 << 25;

    /** The maximum depth of calls and values. */
    static final int DEEPEST = 200;

    private static final long MOST_STEPS = 60_000_000;
    private static final long MOST_CHARACTERS = 1L << 28;
    private static final int CHARACTERS_A_STEP = 16;
    private static final int ITEMS_A_STEP = 4;
    private static final int CHARACTERS_AN_ITEM = 8;
    private static final int CHARACTERS_AN_ENTRY = 32;
    private static final ThreadLocal<Budget> CURRENT = new ThreadLocal<>();

    /** The namespaces that are currently being printed; a namespace can contain itself. */
    final Set<Namespace> written = new HashSet<>();

    private final long mostSteps;
    private long steps;
    private long characters;
    private int depth;

    private Budget(long mostSteps) {
        this.mostSteps = mostSteps;
    }

    /** The budget of the current rendering; a new one if there is none. */
    static Budget current() {
        Budget current = CURRENT.get();
        return current == null ? new Budget(MOST_STEPS) : current;
    }

    /** Runs something within a budget of its own. */
    static <T> T within(Supplier<T> work) {
        return within(MOST_STEPS, work);
    }

    /** Like {@link #within}, with at most this many steps; fewer if the enclosing budget has fewer left. */
    static <T> T within(long mostSteps, Supplier<T> work) {
        Budget outer = CURRENT.get();
        CURRENT.set(new Budget(outer == null ? mostSteps : Math.min(mostSteps, outer.mostSteps)));
        try {
            return work.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** Pays for a piece of work. */
    void spend(long more) {
        steps += more;
        if (steps > mostSteps) {
            throw new TemplateException("the template runs too long");
        }
    }

    /** Pays for the creation of a text, or a part of one. */
    void make(long length) {
        characters += length;
        if (characters > MOST_CHARACTERS) {
            throw new TemplateException("the template needs too much memory");
        }
        spend(length / CHARACTERS_A_STEP);
    }

    /** Enters a nested call. */
    void enter() {
        if (++depth > DEEPEST) {
            throw new TemplateException("calls are nested too deeply");
        }
    }

    void leave() {
        depth--;
    }

    /** The cost so far. */
    long spent() {
        return steps;
    }

    static void step() {
        current().spend(1);
    }

    static void steps(long more) {
        current().spend(more);
    }

    /** Pays for a scan of that many characters. */
    static void scan(long length) {
        current().spend(1 + length / CHARACTERS_A_STEP);
    }

    /** Pays for a text of that length. */
    static void text(long length) {
        requireSize(length);
        current().make(length);
    }

    /** Pays for a list of that many items. */
    static void items(long count) {
        requireSize(count);
        Budget budget = current();
        budget.make(count * CHARACTERS_AN_ITEM);
    }

    /** Pays for that many entries of a dict. */
    static void entries(long count) {
        requireSize(count);
        current().make(count * CHARACTERS_AN_ENTRY);
    }

    private static void requireSize(long size) {
        if (size > LONGEST) {
            throw new TemplateException("a value becomes too large");
        }
    }

    /** Pays for a look at a value: at a text's characters, or at a collection's items, but not inside these. */
    static void read(Object value) {
        current().spend(cost(value));
    }

    /** Pays for a call: for a look at its receiver and at each argument. */
    static void call(Object value, Arguments arguments) {
        long cost = 1 + cost(value);
        for (Object argument : arguments.positional()) {
            cost += cost(argument);
        }
        for (Object argument : arguments.named().values()) {
            cost += cost(argument);
        }
        current().spend(cost);
    }

    /** Pays for the result of a call. */
    static Object made(Object value) {
        if (value instanceof String text) {
            text(text.length());
        } else if (value instanceof Markup marked) {
            text(marked.text().length());
        } else if (value instanceof List<?> list && !(value instanceof PythonRange)) {
            items(list.size());
        } else if (value instanceof Tuple tuple) {
            items(tuple.items().size());
        } else if (value instanceof View view) {
            items(view.items().size());
        }
        return value;
    }

    private static long cost(Object value) {
        if (value instanceof String text) {
            return 1L + text.length() / CHARACTERS_A_STEP;
        }
        if (value instanceof Markup marked) {
            return 1L + marked.text().length() / CHARACTERS_A_STEP;
        }
        if (value instanceof List<?> list) {
            return 1L + list.size() / ITEMS_A_STEP;
        }
        if (value instanceof Map<?, ?> map) {
            return 1L + map.size() / ITEMS_A_STEP;
        }
        if (value instanceof Tuple tuple) {
            return 1L + tuple.items().size() / ITEMS_A_STEP;
        }
        if (value instanceof View view) {
            return 1L + view.items().size() / ITEMS_A_STEP;
        }
        if (value instanceof BigInteger number) {
            return 1L + number.bitLength() / (Long.SIZE * ITEMS_A_STEP);
        }
        return value instanceof Double ? 4 : 1;
    }
}
