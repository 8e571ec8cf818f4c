package io.github.ftmaven.runtime.checks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Labels that are one to a person and two to a metric. */
final class LabelSpelling implements DataCheck {
    private static final Pattern GAPS = Pattern.compile("[\\s\\p{Z}_-]+");

    private final Optional<AnswerLabels> labels;

    LabelSpelling(Optional<AnswerLabels> labels) {
        this.labels = labels;
    }

    @Override
    public List<Finding> find(Inspection rows) {
        Finding.Collector found = new Finding.Collector("labels that differ only in case, white space or hyphens");
        Map<String, InspectedRow> first = new HashMap<>();
        labels.ifPresent(all -> all.rows().forEach((text, label) -> {
            InspectedRow row = label.first();
            String folded = GAPS.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
            InspectedRow earlier = first.putIfAbsent(folded, row);
            if (earlier != null) {
                found.add(() -> Sighting.of(row, text, earlier, earlier.answer(), ""));
            }
        }));
        return found.findings();
    }
}
