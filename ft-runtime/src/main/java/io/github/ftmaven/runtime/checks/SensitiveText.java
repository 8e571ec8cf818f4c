package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.Sensitive.Span;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Rows with secrets or personal data; one finding for each kind. */
final class SensitiveText implements DataCheck {
    private static final int AROUND = 60; // characters

    private final Function<String, List<Span>> finder;

    private SensitiveText(Function<String, List<Span>> finder) {
        this.finder = finder;
    }

    static SensitiveText secrets() {
        return new SensitiveText(SecretPatterns::find);
    }

    static SensitiveText personal() {
        return new SensitiveText(PersonalPatterns::find);
    }

    /** A row, and the first place of each kind in it. */
    private record Seen(InspectedRow row, Map<String, Place> kinds) {}

    private record Place(String text, Span span) {}

    @Override
    public List<Finding> find(Inspection rows) {
        List<Seen> seen = rows.all().toList().parallelStream()
                .map(this::kinds)
                .filter(each -> !each.kinds().isEmpty())
                .toList();
        SortedSet<String> kinds = new TreeSet<>();
        seen.forEach(each -> kinds.addAll(each.kinds().keySet()));
        return kinds.stream().flatMap(kind -> find(kind, seen).stream()).toList();
    }

    private static List<Finding> find(String kind, List<Seen> seen) {
        Finding.Collector found = new Finding.Collector("rows with " + article(kind) + kind);
        for (Seen each : seen) {
            Place place = each.kinds().get(kind);
            if (place != null) {
                found.add(() -> new Sighting(List.of(each.row().source()), List.of(around(place)), ""));
            }
        }
        return found.findings();
    }

    private static String article(String kind) {
        return "AEIO".indexOf(Character.toUpperCase(kind.charAt(0))) >= 0 || kind.startsWith("npm") ? "an " : "a ";
    }

    private Seen kinds(InspectedRow row) {
        Map<String, Place> kinds = new TreeMap<>();
        for (String text : row.texts()) {
            for (Span span : finder.apply(text)) {
                kinds.putIfAbsent(span.kind(), new Place(text, span));
            }
        }
        return new Seen(row, kinds);
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
