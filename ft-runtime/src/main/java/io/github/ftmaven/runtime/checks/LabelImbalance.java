package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.error.Counted;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Labels that training hardly sees. */
final class LabelImbalance implements DataCheck {
    private static final double SHARE = 0.1;

    private final Optional<AnswerLabels> labels;

    LabelImbalance(Optional<AnswerLabels> labels) {
        this.labels = labels;
    }

    @Override
    public List<Finding> find(Inspection rows) {
        Finding.Collector found =
                new Finding.Collector("train: labels with less than a tenth of an equal share of the rows");
        labels.ifPresent(all -> {
            List<Map.Entry<String, AnswerLabels.Label>> learnt = all.rows().entrySet().stream()
                    .filter(entry -> entry.getValue().train() > 0)
                    .sorted(Comparator.comparingInt(entry -> entry.getValue().train()))
                    .toList();
            double least = SHARE * rows.train().size() / learnt.size();
            learnt.stream()
                    .filter(entry -> entry.getValue().train() < least)
                    .forEach(entry -> found.add(() -> Sighting.of(
                            entry.getValue().first(),
                            entry.getKey(),
                            Counted.of(entry.getValue().train(), "row") + " of "
                                    + String.format(
                                            Locale.ROOT, "%,d", rows.train().size()))));
        });
        return found.findings();
    }
}
