package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
            findings.addAll(find(all, "validation", AnswerLabels.Label::firstValidation));
            findings.addAll(find(all, "test", AnswerLabels.Label::firstTest));
        });
        return findings;
    }

    private static List<Finding> find(
            AnswerLabels all, String split, Function<AnswerLabels.Label, @Nullable InspectedRow> rows) {
        Finding.Collector found = new Finding.Collector(split + ": labels that no training row has");
        all.rows().forEach((text, label) -> {
            InspectedRow first = rows.apply(label);
            if (label.train() == 0 && first != null) {
                found.add(() -> Sighting.of(first, text, ""));
            }
        });
        return found.findings();
    }
}
