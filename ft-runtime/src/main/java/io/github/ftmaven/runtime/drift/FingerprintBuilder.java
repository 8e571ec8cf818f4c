package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.drift.Fingerprint.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes questions and answers one at a time and keeps only counts. */
public final class FingerprintBuilder {
    private final Set<String> known;
    private final SortedMap<String, Integer> labels = new TreeMap<>();
    private final Counts questions = new Counts(LengthBins.SIZE);
    private final Counts answers = new Counts(LengthBins.SIZE);
    private final Counts vocabulary = new Counts(Sketch.BUCKETS);
    private int rows;

    /**
     * Begins a fingerprint.
     *
     * @param known the labels that answers are counted by; empty if answers are free text
     */
    public FingerprintBuilder(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    /**
     * Adds a row.
     *
     * @param question the texts before the answer; empty for a text that is learnt as it is
     * @param answer the answer, or that text; null if it is not known
     */
    public void add(List<String> question, @Nullable String answer) {
        rows++;
        List<String> words = new ArrayList<>();
        question.forEach(text -> words.addAll(Words.of(text)));
        questions.add(LengthBins.of(words.size()));
        List<String> answered = answer == null ? List.of() : Words.of(answer);
        Sketch.buckets(question.isEmpty() ? answered : words).stream().forEach(vocabulary::add);
        if (answer != null) {
            answers.add(LengthBins.of(answered.size()));
            if (!known.isEmpty()) {
                String label = answer.strip();
                labels.merge(known.contains(label) ? label : Fingerprint.OTHER, 1, Integer::sum);
            }
        }
    }

    /** The fingerprint of the rows so far. */
    public Fingerprint build(List<DataFile> files) {
        return new Fingerprint(rows, files, labels, questions, answers, vocabulary);
    }
}
