package io.github.ftmaven.runtime.template;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The result of lazy filters: true even when empty, without a length, and consumed by the first pass. Items, and their
 * errors, are computed only on request.
 */
final class Generator implements Iterator<Object> {
    private final String type;
    private final int depth;
    private final Budget budget = Budget.current();
    private @Nullable Supplier<Iterator<Object>> begin;
    private Iterator<Object> items = List.of().iterator();

    Generator(String type, int depth, Supplier<Iterator<Object>> begin) {
        if (depth > Budget.DEEPEST) {
            throw new TemplateException("filters are nested too deeply");
        }
        this.type = type;
        this.depth = depth;
        this.begin = begin;
    }

    Generator(Supplier<Iterator<Object>> begin) {
        this("generator", 0, begin);
    }

    /** A generator over another value; each nested generator is one more level of calls. */
    static Generator over(Object value, Supplier<Iterator<Object>> begin) {
        return new Generator("generator", value instanceof Generator inner ? inner.depth + 1 : 0, begin);
    }

    /** The Python name of its type. */
    String type() {
        return type;
    }

    @Override
    public boolean hasNext() {
        budget.spend(1);
        Supplier<Iterator<Object>> first = begin;
        if (first != null) {
            begin = null;
            items = first.get();
        }
        return items.hasNext();
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }

    /** Transforms items one by one. */
    static Iterator<Object> changed(Iterator<Object> items, UnaryOperator<Object> change) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                return change.apply(items.next());
            }
        };
    }

    /** Keeps the items that satisfy a test. */
    static Iterator<Object> kept(Iterator<Object> items, Predicate<Object> test) {
        return new Iterator<>() {
            private @Nullable Object ahead;

            @Override
            public boolean hasNext() {
                while (ahead == null && items.hasNext()) {
                    Budget.step();
                    Object item = items.next();
                    ahead = test.test(item) ? item : null;
                }
                return ahead != null;
            }

            @Override
            public Object next() {
                Object item = hasNext() ? ahead : null;
                if (item == null) {
                    throw new NoSuchElementException();
                }
                ahead = null;
                return item;
            }
        };
    }
}
