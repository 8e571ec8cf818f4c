package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.Sensitive.Span;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Rows with secrets or personal data; one finding for each kind. */
final class SensitiveText implements DataCheck {
    private static final int AROUND = 60; // characters
    private static final int AT_ONCE = 1 << 10; // rows whose texts are in memory

    private final Function<String, List<Span>> finder;

    private final int mark;

    private SensitiveText(Function<String, List<Span>> finder, int mark) {
        this.finder = finder;
        this.mark = mark;
    }

    static SensitiveText secrets() {
        return new SensitiveText(SecretPatterns::find, RowLook.SECRET);
    }

    static SensitiveText personal() {
        return new SensitiveText(PersonalPatterns::find, RowLook.PERSONAL);
    }

    static boolean hasSecret(String text) {
        return !SecretPatterns.find(text).isEmpty();
    }

    static boolean isPersonal(String text) {
        return !PersonalPatterns.find(text).isEmpty();
    }

    private record Place(String text, Span span) {}

    @Override
    public List<Finding> find(Inspection rows) {
        SortedMap<String, Finding.Collector> found = new TreeMap<>();
        for (Inspection.Part part : rows.parts()) {
            int[] marked = IntStream.range(0, part.rows().size())
                    .filter(i -> part.rows().notes(i).shows(mark))
                    .toArray();
            for (int start = 0; start < marked.length; start += AT_ONCE) {
                Arrays.stream(marked, start, Math.min(marked.length, start + AT_ONCE))
                        .parallel()
                        .mapToObj(i -> seen(part.rows().row(i)))
                        .toList()
                        .forEach(seen -> seen.kinds()
                                .forEach((kind, place) -> found.computeIfAbsent(
                                                kind,
                                                each -> new Finding.Collector("rows with " + article(each) + each))
                                        .add(() -> new Sighting(List.of(seen.source()), List.of(around(place)), ""))));
            }
        }
        return found.values().stream().flatMap(each -> each.findings().stream()).toList();
    }

    /** A row, and the first place of each kind in it. */
    private record Seen(String source, SortedMap<String, Place> kinds) {}

    private static String article(String kind) {
        return "AEIO".indexOf(Character.toUpperCase(kind.charAt(0))) >= 0 || kind.startsWith("npm") ? "an " : "a ";
    }

    private Seen seen(InspectedRow row) {
        SortedMap<String, Place> kinds = new TreeMap<>();
        for (String text : row.texts()) {
            for (Span span : finder.apply(text)) {
                kinds.putIfAbsent(span.kind(), new Place(text, span));
            }
        }
        return new Seen(row.source(), kinds);
    }

    /** The masked text around a place; masked before it is cut, so that no half of another one remains. */
    private static String around(Place place) {
        List<Span> all = Sensitive.spans(place.text());
        int start = place.span().start();
        String before = Sensitive.mask(
                place.text(),
                all.stream().filter(span -> span.start() < start).toList(),
                0,
                all.stream()
                        .filter(span -> span.start() <= start && span.end() > start)
                        .mapToInt(Span::start)
                        .findFirst()
                        .orElse(start));
        String masked = Sensitive.mask(place.text());
        int from = Math.max(0, before.length() - AROUND);
        int until = Math.min(
                masked.length(), before.length() + AROUND + place.span().kind().length());
        return (from > 0 ? "…" : "") + masked.substring(from, until) + (until < masked.length() ? "…" : "");
    }
}
