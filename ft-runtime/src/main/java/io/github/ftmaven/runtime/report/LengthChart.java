package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.dataset.Split;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A histogram of lengths as inline SVG: one stack for each bin, a part for each split, a line at the limit. */
final class LengthChart {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 132;
    private static final int TOP = 16;
    private static final int FLOOR = 112;

    private LengthChart() {}

    /** Appends the chart of a measure, such as {@code prompt}; a limit of 0 is not drawn. */
    static void append(StringBuilder out, String measure, TokenHistogram histogram, int limit) {
        int end = Math.multiplyExact(histogram.bins(), histogram.width());
        boolean near = limit > 0 && limit <= 2L * end;
        double scale = (double) WIDTH / (near ? Math.max(end, limit + histogram.width()) : end);
        out.append(String.format(
                Locale.ROOT, """
                <figure class="chart">
                <figcaption><b>%s</b> in tokens, longest %,d</figcaption>
                <svg viewBox="0 0 %d %d" role="img" aria-label="%s in tokens: %s">
                """, measure, histogram.longest(), WIDTH, HEIGHT, measure, spoken(histogram)));
        int most = Math.max(
                1,
                IntStream.range(0, histogram.bins()).map(histogram::count).max().orElse(1));
        for (int bin = 0; bin < histogram.bins(); bin++) {
            stack(out, histogram, bin, scale, most);
        }
        out.append(String.format(Locale.ROOT, """
                <path class="axis" d="M0 %1$d.5H%2$d"/>
                <text x="0" y="11">%3$,d</text>
                <text x="0" y="127">0</text>
                <text class="end" x="%4$.1f" y="127">%5$,d</text>
                """, FLOOR, WIDTH, most, end * scale, end));
        if (near) {
            double x = limit * scale;
            boolean left = x > WIDTH / 2.0;
            out.append(String.format(Locale.ROOT, """
                    <path class="limit" d="M%1$.1f 0V%2$d"/>
                    <text class="limit%3$s" x="%4$.1f" y="11">limit %5$,d</text>
                    """, x, FLOOR, left ? " end" : "", left ? x - 5 : x + 5, limit));
        }
        out.append("</svg>\n");
        if (limit > 0 && !near) {
            out.append(
                    String.format(Locale.ROOT, "<p class=\"note\">The limit, %,d, is far to the right.</p>\n", limit));
        }
        out.append("</figure>\n");
    }

    private static void stack(StringBuilder out, TokenHistogram histogram, int bin, double scale, int most) {
        int count = histogram.count(bin);
        if (count == 0) {
            return;
        }
        double width = histogram.width() * scale;
        out.append(String.format(Locale.ROOT, "<g><title>%s</title>", spoken(histogram, bin)));
        double y = FLOOR;
        for (Split split : Split.values()) {
            int part = histogram.count(split, bin);
            if (part > 0) {
                double height = Math.max(0.75, (double) (FLOOR - TOP) * part / most);
                y -= height;
                out.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
                        split.label(),
                        bin * width,
                        y,
                        Math.max(0.5, width - Math.min(1, width / 4)),
                        height));
            }
        }
        out.append("</g>\n");
    }

    private static String spoken(TokenHistogram histogram) {
        return IntStream.range(0, histogram.bins())
                .filter(bin -> histogram.count(bin) > 0)
                .mapToObj(bin -> spoken(histogram, bin))
                .collect(Collectors.joining("; "));
    }

    private static String spoken(TokenHistogram histogram, int bin) {
        int from = bin * histogram.width();
        String range = histogram.width() == 1
                ? HtmlReport.count(from)
                : HtmlReport.count(from) + " to " + HtmlReport.count(from + histogram.width() - 1);
        return range + ": "
                + Stream.of(Split.values())
                        .filter(split -> histogram.count(split, bin) > 0)
                        .map(split -> split.label() + " " + HtmlReport.count(histogram.count(split, bin)))
                        .collect(Collectors.joining(", "));
    }
}
