package io.github.ftmaven.runtime.scores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Marks the items that ask what an earlier item of their set asks. */
public final class Copies {
    private Copies() {}

    /**
     * The items, each that is a copy with the first one that asks the same.
     *
     * @param questions what each asks: equal for those that ask the same
     */
    public static List<ItemScore> mark(List<ItemScore> items, List<?> questions) {
        if (items.size() != questions.size()) {
            throw new IllegalArgumentException(items.size() + " items, but " + questions.size() + " questions");
        }
        Map<Object, String> first = new HashMap<>();
        List<ItemScore> marked = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            ItemScore item = items.get(i);
            String earlier = first.putIfAbsent(questions.get(i), item.id());
            marked.add(earlier == null ? item : item.withCopyOf(earlier));
        }
        return marked;
    }

    /** How many questions the items ask. */
    public static int questions(List<ItemScore> items) {
        return (int) items.stream().filter(item -> item.copyOf() == null).count();
    }
}
