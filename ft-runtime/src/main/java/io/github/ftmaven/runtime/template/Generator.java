package io.github.ftmaven.runtime.template;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** What lazy filters return: true even when empty, without a length, and used up by the first pass over it. */
final class Generator implements Iterable<Object> {
    private final Iterator<Object> items;

    Generator(List<Object> items) {
        this.items = items.iterator();
    }

    @Override
    public Iterator<Object> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                if (!items.hasNext()) {
                    throw new NoSuchElementException();
                }
                return items.next();
            }
        };
    }
}
