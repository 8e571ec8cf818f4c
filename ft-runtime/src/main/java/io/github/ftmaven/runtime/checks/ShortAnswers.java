package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
            for (int i = 0; i < part.rows().size(); i++) {
                RowNotes notes = part.rows().notes(i);
                int index = i;
                if (notes.shows(RowLook.EMPTY_ANSWER)) {
                    empty.add(() -> Sighting.ofBoth(part.rows().row(index)));
                } else if (sentences && notes.shows(RowLook.ASKS) && notes.tokens() <= ONE) {
                    single.add(() -> single(part.rows().row(index)));
                }
            }
            findings.addAll(empty.findings());
            findings.addAll(single.findings());
        }
        return findings;
    }

    private static Sighting single(InspectedRow row) {
        return Sighting.of(row, row.question().text(), "answer: " + Sighting.shown(row.answer()));
    }

    private static int median(SplitRows rows) {
        int[] lengths = IntStream.range(0, rows.size())
                .map(i -> rows.notes(i).tokens())
                .sorted()
                .toArray();
        return lengths.length == 0 ? 0 : lengths[lengths.length / 2];
    }

    static boolean isEmpty(InspectedRow row) {
        return !row.answer().isEmpty() && row.answer().codePoints().noneMatch(ShortAnswers::says);
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
