package io.github.ftmaven.runtime.checks;

import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows in another script than nearly all the others. */
final class ForeignScripts implements DataCheck {
    private static final int FEWEST_ROWS = 20;
    private static final int FEWEST_LETTERS = 5;
    private static final double NEARLY_ALL = 0.95;

    @Override
    public List<Finding> find(Inspection rows) {
        Finding.Collector found = new Finding.Collector("rows in another script than nearly all others");
        Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
        for (Inspection.Part part : rows.parts()) {
            for (int i = 0; i < part.rows().size(); i++) {
                RowLook.script(part.rows().notes(i)).ifPresent(script -> counts.merge(script, 1, Integer::sum));
            }
        }
        int written = counts.values().stream().mapToInt(Integer::intValue).sum();
        Optional<UnicodeScript> main = counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .filter(most -> written >= FEWEST_ROWS && most.getValue() >= NEARLY_ALL * written)
                .map(Map.Entry::getKey);
        if (main.isPresent()) {
            rows.parts().forEach(part -> add(found, part.rows(), main.get()));
        }
        return found.findings();
    }

    private static void add(Finding.Collector found, SplitRows rows, UnicodeScript main) {
        for (int i = 0; i < rows.size(); i++) {
            int index = i;
            RowLook.script(rows.notes(i))
                    .filter(script -> script != main)
                    .ifPresent(script -> found.add(() -> sighting(rows.row(index), script)));
        }
    }

    private static Sighting sighting(InspectedRow row, UnicodeScript script) {
        return Sighting.of(row, row.question().text(), name(script));
    }

    /** The script of most letters of a row; empty if there are few letters. */
    static Optional<UnicodeScript> script(InspectedRow row) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        for (String text : row.texts()) {
            int latin = 0;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                if (c < 128) {
                    latin += Character.isLetter(c) ? 1 : 0;
                } else if (Character.isLetter(c)) {
                    UnicodeScript script = of(c);
                    if (script != null) {
                        letters.merge(script, 1, Integer::sum);
                    }
                }
            }
            if (latin > 0) {
                letters.merge(UnicodeScript.LATIN, latin, Integer::sum);
            }
        }
        return letters.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .filter(most -> most.getValue() >= FEWEST_LETTERS)
                .map(Map.Entry::getKey);
    }

    /** The script of a letter; null for letters of all scripts. Japanese and Korean use several as one. */
    private static @Nullable UnicodeScript of(int letter) {
        UnicodeScript script = UnicodeScript.of(letter);
        return switch (script) {
            case COMMON, INHERITED, UNKNOWN -> null;
            case HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> UnicodeScript.HAN;
            default -> script;
        };
    }

    private static String name(UnicodeScript script) {
        String name = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
