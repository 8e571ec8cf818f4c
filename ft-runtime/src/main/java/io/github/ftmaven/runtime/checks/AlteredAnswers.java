package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.List;

/** Answers that no model can give as they are. */
final class AlteredAnswers implements DataCheck {
    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>();
        for (Inspection.Part part : rows.parts()) {
            Finding.Collector found = new Finding.Collector(part.name()
                    + ": answers that the template or the tokenizer alters, so a model cannot give them exactly");
            found.addAll(part.rows(), RowLook.ALTERED, row -> Sighting.of(row, row.answer(), ""));
            findings.addAll(found.findings());
        }
        return findings;
    }
}
