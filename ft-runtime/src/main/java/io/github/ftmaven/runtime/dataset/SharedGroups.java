package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Looks for groups of {@code dataset.split.groupBy} that are in the training files and in other files. */
final class SharedGroups {
    private SharedGroups() {}

    /**
     * Checks files that are not learnt.
     *
     * @param heldOut their rows, of which those without a group are not compared
     * @throws InvalidInputException if a training row is of one of their groups
     */
    static void refuse(List<Example> train, Split split, List<Example> heldOut, String groupBy) {
        Map<String, Example> groups = new HashMap<>();
        heldOut.forEach(example -> {
            String group = example.metadata().get(groupBy);
            if (group != null && !group.isBlank()) {
                groups.putIfAbsent(group.strip(), example);
            }
        });
        List<Example> shared = train.stream()
                .filter(example -> groups.containsKey(group(example, groupBy)))
                .toList();
        if (shared.isEmpty()) {
            return;
        }
        Example first = shared.get(0);
        String group = group(first, groupBy);
        Example other = Objects.requireNonNull(groups.get(group));
        throw new InvalidInputException(first.source() + " and " + other.source() + ": " + groupBy + " is '"
                + Sensitive.mask(group)
                + "' in both"
                + (shared.size() == 1
                        ? ""
                        : "; " + Counted.of(shared.size() - 1, "more row") + " of train "
                                + (shared.size() == 2 ? "has" : "have") + " a " + groupBy + " of " + split.label())
                + ". dataset.split.groupBy keeps a group on one side. Remove these rows from train.");
    }

    private static String group(Example example, String groupBy) {
        return example.metadata().getOrDefault(groupBy, "").strip();
    }
}
