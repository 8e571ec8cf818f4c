package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.List;

/** Answers that say nothing, and single words where the others are sentences. */
final class ShortAnswers implements DataCheck {
    /** One token, and the one that ends the answer. */
    private static final int ONE = 2;

    private static final int SENTENCE = 10; // tokens

    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>();
        for (Inspection.Part part : rows.parts()) {
            Finding.Collector empty =
                    new Finding.Collector(part.name() + ": answers without a letter, a digit or a symbol");
            Finding.Collector single =
                    new Finding.Collector(part.name() + ": answers of one token, where most have more than ten");
            boolean sentences = median(part.rows()) > SENTENCE + 1;
            for (InspectedRow row : part.rows()) {
                if (!row.answer().isEmpty() && row.answer().codePoints().noneMatch(ShortAnswers::says)) {
                    empty.add(() -> Sighting.ofBoth(row));
                } else if (sentences && row.question().asks() && row.encoded().answer() <= ONE) {
                    single.add(
                            () -> Sighting.of(row, row.question().text(), "answer: " + Sighting.shown(row.answer())));
                }
            }
            findings.addAll(empty.findings());
            findings.addAll(single.findings());
        }
        return findings;
    }

    private static int median(List<InspectedRow> rows) {
        int[] lengths =
                rows.stream().mapToInt(row -> row.encoded().answer()).sorted().toArray();
        return lengths.length == 0 ? 0 : lengths[lengths.length / 2];
    }

    private static boolean says(int c) {
        return Character.isLetterOrDigit(c)
                || switch (Character.getType(c)) {
                    case Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.OTHER_SYMBOL,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }
}
