package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of rows that a split is drawn by. */
final class RowFields {
    private RowFields() {}

    /** The keys that a spec names. */
    static List<String> names(@Nullable SplitSpec split) {
        if (split == null) {
            return List.of();
        }
        String stratified = SplitSpec.LABEL.equals(split.stratifyBy()) ? null : split.stratifyBy();
        return Stream.of(split.groupBy(), stratified, split.timeBy())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * The value of each row.
     *
     * @param name the key of the value
     * @param key the key of the spec that names it
     * @throws InvalidInputException which names the rows without a value
     */
    static List<String> values(List<Example> examples, String name, String key) {
        List<String> values = new ArrayList<>();
        RowProblems problems = new RowProblems();
        for (Example example : examples) {
            problems.take(
                    () -> {
                        if (example.metadata().getOrDefault(name, "").isBlank()) {
                            throw new InvalidInputException(
                                    example.source() + ": has no '" + name + "' that is a text or a number, but " + key
                                            + " names it." + didYouMean(name, example));
                        }
                        return example;
                    },
                    each -> values.add(each.metadata().getOrDefault(name, "").strip()));
        }
        problems.report();
        return values;
    }

    private static String didYouMean(String name, Example example) {
        List<String> others = example.metadata().keySet().stream()
                .filter(each -> !each.equals(name))
                .toList();
        return Suggestion.didYouMean(name, others);
    }

    /** The time of each row. */
    static List<RowTime> times(List<Example> examples, String name) {
        List<String> written = values(examples, name, "dataset.split.timeBy");
        List<RowTime> times = new ArrayList<>();
        RowProblems problems = new RowProblems();
        for (int i = 0; i < written.size(); i++) {
            Example example = examples.get(i);
            String text = written.get(i);
            problems.take(
                    () -> {
                        RowTime time = RowTime.read(example.source() + ": " + name + " '" + shown(text) + "'", text);
                        if (!times.isEmpty() && !time.isLike(times.get(0))) {
                            throw new InvalidInputException(example.source() + ": " + name + " is "
                                    + (time.dated() ? "a date" : "a number") + ", but in "
                                    + examples.get(0).source()
                                    + " it is " + (time.dated() ? "a number" : "a date")
                                    + ". Times are compared, so all must be of one kind.");
                        }
                        times.add(time);
                        return example;
                    },
                    each -> {});
        }
        problems.report();
        return times;
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
