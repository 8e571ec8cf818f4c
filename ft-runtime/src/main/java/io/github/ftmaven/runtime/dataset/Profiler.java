package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.checks.AnswerLabels;
import io.github.ftmaven.runtime.checks.CheckResult;
import io.github.ftmaven.runtime.checks.Finding;
import io.github.ftmaven.runtime.checks.Inspection;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.checks.Sighting;
import io.github.ftmaven.runtime.spec.CheckLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Collects what the report shows beside the findings of the checks. */
final class Profiler {
    private static final int RENDERED = 5;
    private static final int SHOWN = 10;

    private Profiler() {}

    /** The labels, the most frequent first. */
    static List<DatasetProfile.LabelCount> labels(Inspection rows) {
        return AnswerLabels.of(rows).stream()
                .flatMap(labels -> labels.rows().entrySet().stream())
                .map(entry -> new DatasetProfile.LabelCount(
                        Sensitive.mask(entry.getKey()),
                        entry.getValue().train(),
                        entry.getValue().validation(),
                        entry.getValue().test()))
                .sorted(Comparator.comparingInt(DatasetProfile.LabelCount::rows)
                        .reversed()
                        .thenComparing(DatasetProfile.LabelCount::label))
                .toList();
    }

    /** Training examples of different lengths, from the shortest to the longest. */
    static List<RenderedExample> rendered(StoredRows rows, ChatFormat format, Tokenizer tokenizer) {
        int[] sorted = rows.byCharacters();
        List<Example> examples = rows.examples();
        Set<Integer> chosen = new LinkedHashSet<>();
        IntStream.range(0, RENDERED)
                .map(i -> (int) ((long) i * (sorted.length - 1) / (RENDERED - 1)))
                .forEach(chosen::add);
        return chosen.stream()
                .map(i -> RenderedExample.of(examples.get(sorted[i]), format, tokenizer))
                .toList();
    }

    /** What the rules dropped that have keys of their own. */
    static List<CheckResult> rules(List<Overlaps.Leak> leaks, Map<Split, SplitCheck.Checked> splits) {
        List<Sighting> pairs = leaks.stream()
                .limit(SHOWN)
                .map(leak -> new Sighting(
                        List.of(leak.learnt().source(), leak.heldOut().source()),
                        List.of(question(leak.learnt()), question(leak.heldOut())),
                        ""))
                .toList();
        CheckResult overlap = new CheckResult(
                "overlap",
                CheckLevel.WARN,
                leaks.isEmpty()
                        ? List.of()
                        : List.of(new Finding(
                                "rows dropped because a validation or test row has the same prompt",
                                leaks.size(),
                                pairs)),
                "They are not learnt.");
        List<Finding> tooLong = new ArrayList<>();
        for (Split split : Split.values()) {
            SplitCheck.Checked checked = splits.get(split);
            if (checked != null && checked.report().dropped() > 0) {
                tooLong.add(new Finding(
                        split.label() + ": rows dropped for their length",
                        checked.report().dropped(),
                        checked.tooLong()));
            }
        }
        return List.of(overlap, new CheckResult("longExamples", CheckLevel.WARN, tooLong, "They are not used."));
    }

    private static String question(Example example) {
        List<Message> messages = example.messages();
        return Sighting.shown(messages.get(Math.max(0, messages.size() - 2)).content());
    }
}
