package io.github.ftmaven.runtime.metrics;

import io.github.ftmaven.runtime.scores.ItemScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The results of one provider for each label.
 *
 * <p>The labels are the expected answers of the test set. Any other answer lowers the recall of the expected label and
 * does not affect other labels.
 *
 * @param labels in the order of their text
 * @param confusions every pair of an expected and a wrong answer, most frequent first, then by text
 */
public record LabelReport(List<LabelScores> labels, List<Confusion> confusions) {
    /** Unmodifiable lists. */
    public LabelReport {
        labels = List.copyOf(labels);
        confusions = List.copyOf(confusions);
    }

    /** Counts the answers. */
    public static LabelReport of(List<ItemScore> items) {
        Map<String, Integer> expected = new TreeMap<>();
        Map<String, Integer> given = new HashMap<>();
        Map<String, Integer> right = new HashMap<>();
        Map<String, Map<String, Integer>> wrong = new TreeMap<>();
        for (ItemScore item : items) {
            String label = Metrics.normalize(item.expected());
            String answer = Metrics.normalize(item.answer());
            expected.merge(label, 1, Integer::sum);
            given.merge(answer, 1, Integer::sum);
            if (label.equals(answer)) {
                right.merge(label, 1, Integer::sum);
            } else {
                wrong.computeIfAbsent(label, l -> new TreeMap<>()).merge(answer, 1, Integer::sum);
            }
        }
        List<LabelScores> labels = new ArrayList<>();
        expected.forEach((label, support) ->
                labels.add(labelScores(label, right.getOrDefault(label, 0), given.getOrDefault(label, 0), support)));
        List<Confusion> confusions = new ArrayList<>();
        wrong.forEach((label, answers) ->
                answers.forEach((answer, count) -> confusions.add(new Confusion(label, answer, count))));
        confusions.sort(
                Comparator.comparingInt(Confusion::count).reversed()); // stable: equal counts stay sorted by text
        return new LabelReport(labels, confusions);
    }

    /** The unweighted mean of the labels' F1, in [0, 1]. */
    public double macroF1() {
        return labels.stream().mapToDouble(LabelScores::f1).average().orElseThrow();
    }

    /** The unweighted mean of the labels' precision, in [0, 1]. */
    public double macroPrecision() {
        return labels.stream().mapToDouble(LabelScores::precision).average().orElseThrow();
    }

    /** The unweighted mean of the labels' recall, in [0, 1]. */
    public double macroRecall() {
        return labels.stream().mapToDouble(LabelScores::recall).average().orElseThrow();
    }

    /** The F1 of all labels' answers together, in [0, 1]; it ignores answers that are not labels. */
    public double microF1() {
        long expected = labels.stream().mapToLong(LabelScores::support).sum();
        Set<String> names = labels.stream().map(LabelScores::label).collect(Collectors.toSet());
        long wrong = confusions.stream().mapToLong(Confusion::count).sum();
        long right = expected - wrong;
        long amongLabels = right
                + confusions.stream()
                        .filter(confusion -> names.contains(confusion.answer()))
                        .mapToLong(Confusion::count)
                        .sum();
        return 2.0 * right / (amongLabels + expected);
    }

    private static LabelScores labelScores(String label, int right, int given, int support) {
        double precision = given == 0 ? 0 : (double) right / given;
        // 2PR/(P+R) without 0/0: true positives over the mean of given and expected answers.
        double f1 = 2.0 * right / (given + support);
        return new LabelScores(label, precision, (double) right / support, f1, support);
    }
}
