package io.github.ftmaven.runtime.template;

import java.util.List;

/** The object of {@code cycler(...)}. */
final class Cycler {
    private final List<Object> items;
    private int place;

    Cycler(List<Object> items) {
        this.items = items;
    }

    Object attribute(String name) {
        return switch (name) {
            case "current" -> items.get(place);
            case "next" ->
                (Callable) arguments -> {
                    Object current = items.get(place);
                    place = (place + 1) % items.size();
                    return current;
                };
            case "reset" ->
                (Callable) arguments -> {
                    place = 0;
                    return None.NONE;
                };
            default -> Lookup.missing(this, name);
        };
    }
}
