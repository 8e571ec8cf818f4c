package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.NearSearch.Near;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Scratch;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Questions that nearly repeat a training question. One search serves two checks. */
final class NearRows {
    private final Inspection inspection;
    private final Supplier<@Nullable Near[]> search;
    private @Nullable Near @Nullable [] pairs;

    NearRows(Inspection inspection, Scratch scratch) {
        this.inspection = inspection;
        this.search = () -> search(new All(inspection), scratch);
    }

    /** The rows that are compared, numbered through: those of training, then those that were set apart. */
    private static final class All {
        private final SplitRows train;
        private final List<SplitRows> parts = new ArrayList<>();
        private int size;

        All(Inspection inspection) {
            train = inspection.train();
            parts.add(train);
            inspection.heldOut().forEach(part -> parts.add(part.rows()));
            parts.forEach(part -> size = Math.addExact(size, part.size()));
        }

        Place place(int number) {
            int index = number;
            for (SplitRows part : parts) {
                if (index < part.size()) {
                    return new Place(part, index);
                }
                index -= part.size();
            }
            throw new IndexOutOfBoundsException(number);
        }

        Digest128 normal(int number) {
            Place place = place(number);
            return place.rows().normal(place.index());
        }

        FirstRows byText() {
            return new FirstRows(
                    new FirstRows.Keys() {
                        @Override
                        public int hash(int row) {
                            return normal(row).hashCode();
                        }

                        @Override
                        public boolean equal(int row, int other) {
                            return normal(row).equals(normal(other));
                        }
                    },
                    size);
        }

        /** The texts of some rows, each read when it is asked for. */
        List<String> texts(int[] numbers) {
            return new AbstractList<>() {
                @Override
                public String get(int index) {
                    Place place = place(numbers[index]);
                    return place.rows().normalText(place.index());
                }

                @Override
                public int size() {
                    return numbers.length;
                }
            };
        }
    }

    private record Place(SplitRows rows, int index) {
        InspectedRow row() {
            return rows.row(index);
        }
    }

    /** Training questions that are nearly an earlier one. */
    DataCheck duplicates() {
        return rows -> findings(
                "train: questions that are nearly an earlier one",
                0,
                rows.train().size());
    }

    /** Questions of the test and validation files that are nearly in training. */
    DataCheck leaks() {
        return rows -> {
            List<Finding> findings = new ArrayList<>();
            int start = rows.train().size();
            for (Inspection.Part part : rows.heldOut()) {
                int end = start + part.rows().size();
                findings.addAll(findings(part.name() + ": questions that are nearly in train", start, end));
                start = end;
            }
            return findings;
        };
    }

    /** The nearest first: they are the ones to look at. */
    private List<Finding> findings(String what, int start, int end) {
        @Nullable Near[] near = pairs();
        All all = new All(inspection);
        List<Pair> found = new ArrayList<>();
        for (int i = start; i < end; i++) {
            Near one = near[i];
            if (one != null) {
                found.add(new Pair(i, one));
            }
        }
        found.sort(Comparator.comparingDouble((Pair pair) -> pair.near().similarity())
                .reversed());
        Finding.Collector shown = new Finding.Collector(what);
        found.forEach(pair -> shown.add(() -> sighting(
                all.place(pair.row()).row(),
                all.place(pair.near().index()).row(),
                pair.near().similarity())));
        return shown.findings();
    }

    /** A row, and the training row that it resembles. */
    private record Pair(int row, Near near) {}

    private static Sighting sighting(InspectedRow row, InspectedRow other, double similarity) {
        return Sighting.of(
                row,
                row.question().text(),
                other,
                other.question().text(),
                String.format(Locale.ROOT, "%.0f %% the same", Math.floor(100 * similarity)));
    }

    private synchronized @Nullable Near[] pairs() {
        @Nullable Near[] found = pairs;
        if (found == null) {
            found = search.get();
            pairs = found;
        }
        return found;
    }

    /** For each row the training row that it resembles most; null where none is near. */
    private static @Nullable Near[] search(All all, Scratch scratch) {
        @Nullable Near[] pairs = new Near[all.size];
        FirstRows first = all.byText();
        int[] unique = new int[all.size];
        int count = 0;
        int trained = 0;
        for (int i = 0; i < all.size; i++) {
            boolean isTrained = i < all.train.size();
            int same = first.add(i);
            if (same == i) {
                unique[count++] = i;
                trained = isTrained ? count : trained;
            } else if (isTrained ? !all.train.question(i).equals(all.train.question(same)) : same < all.train.size()) {
                // Within training, another row with the same text is near only if the spec takes it for another
                // question.
                pairs[i] = new Near(same, 1);
            }
        }
        int[] numbers = Arrays.copyOf(unique, count);
        @Nullable Near[] near = new NearSearch(all.texts(numbers), trained, scratch).find();
        for (int i = 0; i < near.length; i++) {
            Near found = near[i];
            if (found != null) {
                pairs[numbers[i]] = new Near(numbers[found.index()], found.similarity());
            }
        }
        return pairs;
    }
}
