package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Answers that teach the model to repeat the question. */
final class CopiedPrompts implements DataCheck {
    private static final int SHORTEST = 20; // characters of a question that an answer begins with
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>();
        for (Inspection.Part part : rows.parts()) {
            Finding.Collector found = new Finding.Collector(part.name() + ": answers that repeat the question");
            found.addAll(part.rows(), RowLook.COPIED, Sighting::ofBoth);
            findings.addAll(found.findings());
        }
        return findings;
    }

    static boolean copies(InspectedRow row) {
        if (!row.question().asks()
                || row.answer().length() < row.question().text().strip().length() / 2) {
            return false;
        }
        String question = plain(row.question().text());
        String answer = plain(row.answer());
        return answer.equals(question) || (question.length() >= SHORTEST && answer.startsWith(question));
    }

    private static String plain(String text) {
        return SPACE.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
    }
}
