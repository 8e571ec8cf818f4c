package io.github.ftmaven.runtime.scores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Marks the items that repeat the question of an earlier item in their set. */
public final class Copies {
    private Copies() {}

    /**
     * Returns the items; each copy refers to the first item with the same question.
     *
     * @param questions the question of each item: equal for items that ask the same
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

    /** The number of different questions. */
    public static int questions(List<ItemScore> items) {
        return (int) items.stream().filter(item -> item.copyOf() == null).count();
    }
}
