package io.github.ftmaven.runtime.checks;

import java.util.List;

/**
 * One of the things that a finding counts.
 *
 * @param sources the rows, such as {@code data/train.jsonl:12}; the offending one first
 * @param texts what stands in the rows, in the same order, with secrets and personal data masked; may be fewer
 * @param note more about it, such as a similarity; may be empty
 */
public record Sighting(List<String> sources, List<String> texts, String note) {
    private static final int LONGEST = 300; // code points of a text

    /** Copies the lists. */
    public Sighting {
        sources = List.copyOf(sources);
        texts = List.copyOf(texts);
    }

    /** A sighting in one row. */
    static Sighting of(InspectedRow row, String text, String note) {
        return new Sighting(List.of(row.source()), List.of(shown(text)), note);
    }

    /** A sighting in one row, with its question and its answer. */
    static Sighting ofBoth(InspectedRow row) {
        return new Sighting(List.of(row.source()), List.of(both(row)), "");
    }

    /** The question and the answer of a row, as far as they are shown. */
    static String both(InspectedRow row) {
        return shown(row.question().text()) + "\n→ " + shown(row.answer());
    }

    /** A row beside another that it repeats, contradicts or resembles. */
    static Sighting of(InspectedRow row, String text, InspectedRow other, String otherText, String note) {
        return new Sighting(List.of(row.source(), other.source()), List.of(shown(text), shown(otherText)), note);
    }

    /** The rows, for a message. */
    String places() {
        return String.join(" and ", sources);
    }

    /** The beginning of a text, masked before it is cut, so that no half of a secret remains. */
    public static String shown(String text) {
        String masked = Sensitive.mask(text.strip());
        return masked.codePointCount(0, masked.length()) <= LONGEST
                ? masked
                : masked.substring(0, masked.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
