package io.github.ftmaven.runtime.checks;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Questions that hold a text which the tokenizer takes for a mark of its own, such as the end of an answer. */
final class SpecialTokensInText implements DataCheck {
    private static final int SHORTEST = 3;
    private static final String MARKS = "<>[]{}|▁";

    private final List<String> tokens;
    private final String begin; // their first characters

    SpecialTokensInText(Collection<String> all) {
        tokens = all.stream()
                .filter(token -> token.length() >= SHORTEST
                        && token.chars().anyMatch(c -> MARKS.indexOf(c) >= 0)
                        && !token.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
        begin = tokens.stream().map(token -> token.substring(0, 1)).distinct().reduce("", String::concat);
    }

    /** The first such token in a row's question. */
    Optional<String> in(InspectedRow row) {
        return row.prompts().stream()
                .filter(text -> IntStream.range(0, begin.length()).anyMatch(i -> text.indexOf(begin.charAt(i)) >= 0))
                .flatMap(text -> tokens.stream().filter(text::contains).limit(1))
                .findFirst();
    }

    @Override
    public List<Finding> find(Inspection rows) {
        Finding.Collector found = new Finding.Collector("rows with a special token of the model in the question");
        rows.parts()
                .forEach(part -> found.addAll(
                        part.rows(),
                        RowLook.SPECIAL,
                        row -> Sighting.of(row, row.question().text(), in(row).orElse(""))));
        return found.findings();
    }
}
