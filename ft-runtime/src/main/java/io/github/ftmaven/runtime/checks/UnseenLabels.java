package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Labels that the model is asked for and never learns. */
final class UnseenLabels implements DataCheck {
    private final Optional<AnswerLabels> labels;

    UnseenLabels(Optional<AnswerLabels> labels) {
        this.labels = labels;
    }

    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>();
        labels.ifPresent(all -> {
            findings.addAll(find(all, "validation", AnswerLabels.Label::validation));
            findings.addAll(find(all, "test", AnswerLabels.Label::test));
        });
        return findings;
    }

    private static List<Finding> find(
            AnswerLabels all, String split, Function<AnswerLabels.Label, List<InspectedRow>> rows) {
        Finding.Collector found = new Finding.Collector(split + ": labels that no training row has");
        all.rows().forEach((text, label) -> {
            if (label.train().isEmpty() && !rows.apply(label).isEmpty()) {
                found.add(() -> Sighting.of(rows.apply(label).get(0), text, ""));
            }
        });
        return found.findings();
    }
}
