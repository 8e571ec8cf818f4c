package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins rows of one group, and rows that ask the same, into units. */
final class DrawUnits {
    /** A question of a row. */
    private record Question(int messages, String digest) {
        static final Comparator<Question> ORDER =
                Comparator.comparingInt(Question::messages).thenComparing(Question::digest);

        static Question of(AskedQuestion key) {
            StringBuilder text = new StringBuilder().append(key.tools());
            for (Message message : key.messages()) {
                text.append('\0').append(message.role());
                text.append('\0').append(message.content());
                text.append('\0').append(message.more());
            }
            return new Question(key.messages().size(), Digests.sha256(text.toString()));
        }
    }

    private final int[] parents;

    private DrawUnits(int rows) {
        parents = new int[rows];
        for (int i = 0; i < rows; i++) {
            parents[i] = i;
        }
    }

    /**
     * The units, in the order of their first rows.
     *
     * @param groups the group of each row; null for none
     * @param sameness when two rows ask the same; null if rows that do need not stay together
     */
    static List<DrawUnit> of(List<Example> examples, @Nullable List<String> groups, @Nullable Sameness sameness) {
        DrawUnits units = new DrawUnits(examples.size());
        List<Question> asked = List.of();
        if (groups != null) {
            units.join(groups.stream().map(List::of).toList());
        }
        if (sameness != null) {
            List<List<Question>> questions = examples.parallelStream()
                    .map(example -> AskedQuestion.all(example, sameness).stream()
                            .map(Question::of)
                            .toList())
                    .toList();
            asked = questions.stream().map(each -> each.get(each.size() - 1)).toList();
            // A first question that no row asks by itself, such as a greeting, does not join conversations.
            Set<Question> last = new HashSet<>(asked);
            units.join(questions.stream()
                    .map(each -> each.stream().filter(last::contains).toList())
                    .toList());
        }
        Map<Integer, List<Integer>> rows = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            rows.computeIfAbsent(units.root(i), root -> new ArrayList<>()).add(i);
        }
        List<Question> last = asked;
        return rows.values().stream()
                .map(unit -> new DrawUnit(id(unit, examples, groups, last), unit))
                .toList();
    }

    /** The least of what the rows have in common, so that more rows of the same do not change it. */
    private static String id(
            List<Integer> unit, List<Example> examples, @Nullable List<String> groups, List<Question> asked) {
        if (groups != null) {
            return unit.stream().map(groups::get).min(Comparator.naturalOrder()).orElseThrow();
        }
        return asked.isEmpty()
                ? examples.get(unit.get(0)).source()
                : unit.stream()
                        .map(asked::get)
                        .min(Question.ORDER)
                        .map(Question::digest)
                        .orElseThrow();
    }

    /** Joins rows with a key in common. */
    private void join(List<? extends List<?>> keys) {
        Map<Object, Integer> first = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            for (Object key : keys.get(i)) {
                int other = root(Objects.requireNonNullElse(first.putIfAbsent(key, i), i));
                int own = root(i);
                parents[Math.max(own, other)] = Math.min(own, other);
            }
        }
    }

    private int root(int row) {
        int root = row;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }
}
