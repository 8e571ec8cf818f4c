package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.drift.Fingerprint.DataFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a dataset.
 *
 * @param since what it is compared with: {@code the last build}, or a release
 * @param learnt the difference in training and validation rows; null if the other side has no digests of its rows
 * @param test the same in test rows
 * @param labels the labels' shares in the training rows, the largest change first
 * @param files changed files, each with one word before it
 * @param drift how far the training rows moved
 */
public record DatasetChange(
        String since,
        @Nullable Difference learnt,
        @Nullable Difference test,
        List<LabelShift> labels,
        List<String> files,
        Drift drift) {
    private static final int LABELS = 3;
    private static final double LEAST = 0.01; // a smaller change of a share is not worth a line

    public DatasetChange {
        labels = List.copyOf(labels);
        files = List.copyOf(files);
    }

    /** One side of the comparison. */
    public record Side(Fingerprint fingerprint, @Nullable ExampleDigests examples) {}

    /** Compares two datasets, both with at least one training row. */
    public static DatasetChange of(String since, Side before, Side after) {
        ExampleDigests old = before.examples();
        ExampleDigests now = after.examples();
        return new DatasetChange(
                since,
                old == null || now == null ? null : Difference.of(old.learnt(), now.learnt()),
                old == null || now == null ? null : Difference.of(old.test(), now.test()),
                LabelShift.of(before.fingerprint(), after.fingerprint()),
                files(before.fingerprint().files(), after.fingerprint().files()),
                Drift.of(before.fingerprint(), after.fingerprint()));
    }

    private static List<String> files(List<DataFile> before, List<DataFile> after) {
        var old = before.stream().collect(Collectors.toMap(DataFile::name, Function.identity(), (a, b) -> a));
        var now = after.stream().collect(Collectors.toMap(DataFile::name, Function.identity(), (a, b) -> a));
        return Stream.concat(old.keySet().stream(), now.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .flatMap(name -> {
                    DataFile first = old.get(name);
                    DataFile second = now.get(name);
                    if (first == null || second == null) {
                        return Stream.of((first == null ? "added " : "removed ") + name);
                    }
                    return first.sha256().equals(second.sha256()) ? Stream.empty() : Stream.of("changed " + name);
                })
                .toList();
    }

    /** Whether no row differs. */
    public boolean isNone() {
        return learnt != null && test != null && learnt.isNone() && test.isNone();
    }

    /** The change in one line. */
    public String line() {
        StringBuilder line = new StringBuilder("Since ").append(since).append(": ");
        if (learnt == null || test == null) {
            line.append("the rows cannot be compared, because it carries no digests of them");
        } else if (learnt.isNone() && test.isNone()) {
            line.append("no row added, removed or changed");
        } else {
            line.append(learnt.isNone() ? "no training row changed" : counts(learnt));
            line.append(test.isNone() ? "" : "; of the test rows " + counts(test));
        }
        String shifts = labels.stream()
                .filter(shift -> Math.abs(shift.change()) >= LEAST)
                .limit(LABELS)
                .map(shift -> String.format(
                        Locale.ROOT,
                        "%s %.0f %% -> %.0f %%",
                        Fingerprint.shown(shift.label()),
                        100 * shift.before(),
                        100 * shift.after()))
                .collect(Collectors.joining(", "));
        if (!shifts.isEmpty()) {
            line.append("; label share of ").append(shifts);
        }
        return line.append(String.format(
                        Locale.ROOT, "; drift %.2f", drift.largest().value()))
                .append(Optional.of(drift.largest())
                        .filter(part -> part.value() >= LEAST)
                        .map(part -> " (" + part.name() + ")")
                        .orElse(""))
                .append('.')
                .toString();
    }

    private static String counts(Difference difference) {
        return String.format(
                Locale.ROOT,
                "%,d added, %,d removed, %,d changed",
                difference.added(),
                difference.removed(),
                difference.changed());
    }
}
