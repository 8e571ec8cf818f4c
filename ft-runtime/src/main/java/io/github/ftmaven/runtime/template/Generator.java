package io.github.ftmaven.runtime.template;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What lazy filters return: true even when empty, without a length, and used up by the first pass over it. Nothing is
 * computed before it is asked for, so that also errors wait until then.
 */
final class Generator implements Iterator<Object> {
    private final String type;
    private @Nullable Supplier<Iterator<Object>> begin;
    private Iterator<Object> items = List.of().iterator();

    Generator(String type, Supplier<Iterator<Object>> begin) {
        this.type = type;
        this.begin = begin;
    }

    Generator(Supplier<Iterator<Object>> begin) {
        this("generator", begin);
    }

    /** The name of its type in Python. */
    String type() {
        return type;
    }

    @Override
    public boolean hasNext() {
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

    /** Items changed one by one. */
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

    /** The items that a test keeps. */
    static Iterator<Object> kept(Iterator<Object> items, Predicate<Object> test) {
        return new Iterator<>() {
            private @Nullable Object ahead;

            @Override
            public boolean hasNext() {
                while (ahead == null && items.hasNext()) {
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
