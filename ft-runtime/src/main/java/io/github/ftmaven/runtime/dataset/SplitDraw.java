package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Overlap;
import io.github.ftmaven.runtime.spec.Sameness;
import io.github.ftmaven.runtime.spec.SplitSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Draws test and validation rows from the training rows, so that appended rows leave the others where they are.
 *
 * @param train the rows that are left, in their order; so are the others
 * @param notes where much more or less was drawn than the spec asks for
 */
record SplitDraw(List<Example> train, List<Example> validation, List<Example> test, List<String> notes) {
    /** Acceptance rules count the rows of a group as dependent. */
    private static final String GROUP = "group";

    private static final SplitSpec DEFAULT = new SplitSpec(null, null, null, null);

    /** A share that differs by more, in parts of the wanted one, is worth a note. */
    private static final double FAR = 0.5;

    /** Whether a spec asks for this draw. */
    static boolean isAskedFor(DatasetSpec dataset) {
        return dataset.test().isDrawn() || dataset.leaks().split() != null;
    }

    /**
     * Draws as a spec says.
     *
     * @param examples with their metadata
     * @param validationRows the rows of validation files
     * @param testRows the rows of test files
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if a row lacks what the draw goes by, or if there are
     *     too few rows
     */
    static SplitDraw of(
            List<Example> examples, List<Example> validationRows, List<Example> testRows, FineTuneSpec spec) {
        DatasetSpec dataset = spec.dataset();
        SplitSpec split = Objects.requireNonNullElse(dataset.leaks().split(), DEFAULT);
        long seed = Objects.requireNonNullElse(split.seed(), spec.training().seed());
        double test = dataset.test().fraction();
        double validation = dataset.validation().fraction();

        String groupBy = split.groupBy();
        List<String> groups = groupBy == null ? null : RowFields.values(examples, groupBy, "dataset.split.groupBy");
        if (groupBy != null) {
            SharedGroups.refuse(examples, Split.VALIDATION, validationRows, groupBy);
            SharedGroups.refuse(examples, Split.TEST, testRows, groupBy);
        }
        List<DrawUnit> units = DrawUnits.of(examples, groups, joining(dataset, split));

        List<Split> sides;
        if (split.timeBy() != null) {
            sides = new TimeDraw(dataset.test(), dataset.validation())
                    .sides(units, RowFields.times(examples, split.timeBy()));
        } else if (split.stratifyBy() != null) {
            sides = new StratifiedDraw(seed, test, validation, split.stratifyBy())
                    .sides(units, labels(examples, split.stratifyBy()));
        } else {
            sides = new HashDraw(
                            seed, test, validation, groupBy == null ? "question" : "group", advice(dataset, groupBy))
                    .sides(units);
        }
        return divided(examples, groups, units, sides, dataset);
    }

    /** Groups, and times, divide rows that ask the same where such rows may be dropped. */
    private static @Nullable Sameness joining(DatasetSpec dataset, SplitSpec split) {
        boolean drops = dataset.leaks().overlap() == Overlap.DROP;
        return drops && (split.groupBy() != null || split.timeBy() != null)
                ? null
                : dataset.leaks().sameQuestion();
    }

    private static String advice(DatasetSpec dataset, @Nullable String groupBy) {
        if (groupBy == null) {
            return "Add rows, or name files for what is drawn.";
        }
        return dataset.leaks().overlap() == Overlap.DROP
                ? "Add rows of other groups."
                : "Groups with a question in common count as one. Add rows of other groups, or set dataset.overlap: drop"
                        + " to divide such groups and drop the question from train.";
    }

    private static List<String> labels(List<Example> examples, String stratifyBy) {
        return stratifyBy.equals(SplitSpec.LABEL)
                ? examples.stream().map(example -> example.answer().strip()).toList()
                : RowFields.values(examples, stratifyBy, "dataset.split.stratifyBy");
    }

    private static SplitDraw divided(
            List<Example> examples,
            @Nullable List<String> groups,
            List<DrawUnit> units,
            List<Split> sides,
            DatasetSpec dataset) {
        Split[] rows = new Split[examples.size()];
        for (int i = 0; i < sides.size(); i++) {
            for (int row : units.get(i).rows()) {
                rows[row] = sides.get(i);
            }
        }
        Map<Split, List<Example>> drawn = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            drawn.put(split, new ArrayList<>());
        }
        for (int i = 0; i < rows.length; i++) {
            Example example = examples.get(i);
            if (groups != null && rows[i] == Split.TEST) {
                example = grouped(example, groups.get(i));
            }
            Objects.requireNonNull(drawn.get(rows[i])).add(example);
        }
        List<String> notes = new ArrayList<>();
        note(notes, Split.VALIDATION, dataset.validation().fraction(), units, sides);
        note(notes, Split.TEST, dataset.test().fraction(), units, sides);
        return new SplitDraw(
                List.copyOf(Objects.requireNonNull(drawn.get(Split.TRAIN))),
                List.copyOf(Objects.requireNonNull(drawn.get(Split.VALIDATION))),
                List.copyOf(Objects.requireNonNull(drawn.get(Split.TEST))),
                List.copyOf(notes));
    }

    private static Example grouped(Example example, String group) {
        Map<String, String> said = new TreeMap<>(example.metadata());
        said.putIfAbsent(GROUP, group);
        return example.with(said);
    }

    private static void note(
            List<String> notes, Split split, double fraction, List<DrawUnit> units, List<Split> sides) {
        int all = units.stream().mapToInt(unit -> unit.rows().size()).sum();
        int drawn = 0;
        for (int i = 0; i < sides.size(); i++) {
            drawn += sides.get(i) == split ? units.get(i).rows().size() : 0;
        }
        if (fraction > 0 && Math.abs(drawn - fraction * all) > Math.max(1, FAR * fraction * all)) {
            int largest = units.stream()
                    .map(unit -> unit.rows().size())
                    .max(Comparator.naturalOrder())
                    .orElse(0);
            notes.add(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d rows were drawn (%.1f %%), though dataset.%s is %s; the most rows that stay together"
                            + " are %,d",
                    split.label(),
                    drawn,
                    all,
                    100.0 * drawn / all,
                    split.label(),
                    fraction,
                    largest));
        }
    }
}
