package io.github.ftmaven.runtime.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} of a for loop. */
final class Loop implements Callable {
    private final List<Object> items;
    private final int depth;
    private final @Nullable Callable recursion;
    private int index;
    private @Nullable Object changed;

    Loop(List<Object> items, int depth, @Nullable Callable recursion) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
    }

    void at(int place) {
        index = place;
    }

    int size() {
        return items.size();
    }

    /** The remaining items. */
    List<Object> rest() {
        return items.subList(Math.min(index + 1, items.size()), items.size());
    }

    @Override
    public Object call(Arguments arguments) {
        if (recursion == null) {
            throw new TemplateException("loop() needs 'recursive' in its for");
        }
        return recursion.call(arguments);
    }

    Object attribute(String name) {
        int size = items.size();
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) size - index;
            case "revindex0" -> size - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == size - 1;
            case "length" -> (long) size;
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index > 0 ? items.get(index - 1) : new Undefined("there is no previous item, so it");
            case "nextitem" -> index + 1 < size ? items.get(index + 1) : new Undefined("there is no next item, so it");
            case "cycle" -> (Callable) this::cycle;
            case "changed" -> (Callable) this::changed;
            default -> new Undefined("'loop' has no attribute '" + name + "', which");
        };
    }

    private Object cycle(Arguments arguments) {
        List<Object> values = arguments.positional();
        if (values.isEmpty()) {
            throw new TemplateException("no items for cycling given");
        }
        return values.get(index % values.size());
    }

    private Object changed(Arguments arguments) {
        Object now = new Tuple(arguments.positional());
        boolean different = changed == null || !Comparisons.equal(changed, now);
        changed = now;
        return different;
    }

    @Override
    public String toString() {
        return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
    }
}
