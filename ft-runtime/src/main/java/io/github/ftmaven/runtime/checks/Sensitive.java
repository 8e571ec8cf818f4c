package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds and masks what no log or report may show: secrets and personal data. */
public final class Sensitive {
    private Sensitive() {}

    /**
     * A part of a text.
     *
     * @param kind what it is, such as {@code e-mail address}
     */
    public record Span(int start, int end, String kind) {}

    /** The parts of a text that are secret or personal, in order; none overlaps another. */
    public static List<Span> spans(String text) {
        List<Span> all = Stream.concat(SecretPatterns.find(text).stream(), PersonalPatterns.find(text).stream())
                .sorted(Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder()))
                .toList();
        List<Span> apart = new ArrayList<>();
        for (Span span : all) {
            Span last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
            if (last == null || span.start() >= last.end()) {
                apart.add(span);
            } else if (span.end() > last.end()) {
                apart.set(apart.size() - 1, new Span(last.start(), span.end(), last.kind()));
            }
        }
        return List.copyOf(apart);
    }

    /** The text with {@code [KIND]} in place of everything secret or personal. */
    public static String mask(String text) {
        return mask(text, spans(text), 0, text.length());
    }

    /** A part of a text with {@code [KIND]} in place of the spans that begin in it. */
    public static String mask(String text, List<Span> spans, int start, int end) {
        StringBuilder masked = new StringBuilder(end - start);
        int from = start;
        for (Span span : spans) {
            if (span.start() >= start && span.start() < end) {
                masked.append(text, from, span.start())
                        .append('[')
                        .append(span.kind())
                        .append(']');
                from = span.end();
            } else if (span.start() < start && span.end() > start) {
                from = span.end(); // what began before this part
            }
        }
        return from < end ? masked.append(text, from, end).toString() : masked.toString();
    }
}
