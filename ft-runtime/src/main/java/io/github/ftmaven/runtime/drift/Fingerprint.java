package io.github.ftmaven.runtime.drift;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a set of questions and answers looks like, without their texts.
 *
 * @param rows the number of questions
 * @param files where they come from; empty for requests
 * @param labels the number of answers by label, {@link #OTHER} for all others; empty if the answers are free text
 * @param questions the lengths of questions in words, by {@link LengthBins}
 * @param answers the lengths of answers in words
 * @param vocabulary the number of questions with a word of each bucket, by {@link Sketch}
 */
public record Fingerprint(
        int rows,
        List<DataFile> files,
        SortedMap<String, Integer> labels,
        Counts questions,
        Counts answers,
        Counts vocabulary) {
    /** The label that stands for all that have none of their own. */
    public static final String OTHER = "";

    /** A file and the number of its rows that are learnt or tested. */
    public record DataFile(String name, int rows, String sha256) {}

    public Fingerprint {
        files = List.copyOf(files);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The number of answers with a label. */
    public long labelled() {
        return labels.values().stream().mapToLong(Integer::intValue).sum();
    }

    /** A label in words. */
    public static String shown(String label) {
        return label.equals(OTHER) ? "(other)" : label;
    }
}
