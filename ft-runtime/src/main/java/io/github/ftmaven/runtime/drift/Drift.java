package io.github.ftmaven.runtime.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far a set of questions and answers is from a reference: the population stability index of labels and of lengths,
 * and the Jensen-Shannon divergence of vocabularies.
 *
 * @param parts those that both sets have data for; at least one
 */
public record Drift(List<Part> parts) {
    /** The vocabularies are compared in this many buckets: more would measure chance. */
    static final int COMPARED_BUCKETS = 512;

    /** The part about labels. */
    public static final String LABELS = "labels";

    /** The part about lengths. */
    public static final String LENGTHS = "lengths";

    /** The part about words. */
    public static final String VOCABULARY = "vocabulary";

    /**
     * One comparison.
     *
     * @param name what is compared
     * @param value the measure
     * @param byChance the value that two samples of these sizes from one population have on average
     */
    public record Part(String name, double value, double byChance) {
        /** The value without what chance explains; at least 0. */
        public double beyondChance() {
            return Math.max(0, value - byChance);
        }
    }

    public Drift {
        parts = List.copyOf(parts);
    }

    /** Compares a set with a reference, both with at least one row. */
    public static Drift of(Fingerprint reference, Fingerprint other) {
        List<Part> parts = new ArrayList<>();
        if (reference.labelled() > 0 && other.labelled() > 0) {
            parts.add(labels(reference, other));
        }
        Part questions = lengths(reference.questions(), other.questions());
        Part answers = reference.answers().total() == 0 || other.answers().total() == 0
                ? questions
                : lengths(reference.answers(), other.answers());
        parts.add(answers.value() > questions.value() ? answers : questions);
        if (reference.vocabulary().total() > 0 && other.vocabulary().total() > 0) {
            parts.add(vocabulary(reference.vocabulary(), other.vocabulary()));
        }
        return new Drift(parts);
    }

    /** The part with the largest value. */
    public Part largest() {
        return parts.stream().max(Comparator.comparingDouble(Part::value)).orElseThrow();
    }

    /** A part by its name; empty if the sets lack the data. */
    public Optional<Part> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static Part labels(Fingerprint reference, Fingerprint other) {
        SortedSet<String> all = new TreeSet<>(reference.labels().keySet());
        all.addAll(other.labels().keySet());
        double[] before = all.stream()
                .mapToDouble(label -> reference.labels().getOrDefault(label, 0))
                .toArray();
        double[] after = all.stream()
                .mapToDouble(label -> other.labels().getOrDefault(label, 0))
                .toArray();
        return stability(LABELS, before, after);
    }

    private static Part lengths(Counts reference, Counts other) {
        List<double[]> merged = LengthBins.merged(reference, other);
        return stability(LENGTHS, merged.get(0), merged.get(1));
    }

    private static Part stability(String name, double[] reference, double[] other) {
        return new Part(
                name,
                Divergence.psi(reference, other),
                Divergence.psiByChance(reference.length, Divergence.sum(reference), Divergence.sum(other)));
    }

    private static Part vocabulary(Counts reference, Counts other) {
        double[] before = values(reference.folded(COMPARED_BUCKETS));
        double[] after = values(other.folded(COMPARED_BUCKETS));
        int used = 0;
        for (int i = 0; i < before.length; i++) {
            used += before[i] + after[i] > 0 ? 1 : 0;
        }
        return new Part(
                VOCABULARY,
                Divergence.jensenShannon(before, after),
                Divergence.jensenShannonByChance(used, Divergence.sum(before), Divergence.sum(after)));
    }

    private static double[] values(Counts counts) {
        double[] values = new double[counts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = counts.get(i);
        }
        return values;
    }
}
