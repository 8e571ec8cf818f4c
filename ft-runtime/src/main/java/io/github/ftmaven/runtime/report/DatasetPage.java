package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.checks.CheckResult;
import io.github.ftmaven.runtime.checks.Finding;
import io.github.ftmaven.runtime.checks.Sighting;
import io.github.ftmaven.runtime.dataset.DatasetProfile;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.RenderedExample;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.dataset.SplitReport;
import io.github.ftmaven.runtime.dataset.TokenLengths;
import io.github.ftmaven.runtime.error.Counted;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page about a dataset: sizes, what the checks found, lengths, labels, and examples as the model sees them. */
final class DatasetPage {
    private static final int MOST_LABELS = 100;
    private static final int PART = 1_500; // code points of a rendered part

    /** The checks whose pairs are worth a look without a click. */
    private static final String OPEN = "nearLeaks";

    private DatasetPage() {}

    static String render(DatasetProfile profile) {
        StringBuilder out = new StringBuilder();
        Page.begin(out, "Dataset", "report.css", "dataset.css");
        List<CheckResult> found = profile.checks().stream()
                .filter(result -> !result.findings().isEmpty())
                .toList();
        out.append(String.format(
                Locale.ROOT,
                "<header>\n<h1>Dataset</h1>\n<p>%s. <a href=\"changes.html\">What changed</a></p>\n<p class=\"verdict %s\">%s</p>\n</header>\n",
                subtitle(profile),
                found.isEmpty() ? "passes" : "warns",
                found.isEmpty()
                        ? "The checks found nothing."
                        : Counted.of(found.size(), "check") + " found something."));
        sizes(out, profile);
        checks(out, profile, found);
        lengths(out, profile);
        labels(out, profile.labels());
        rendered(out, profile.rendered());
        out.append("<footer>Secrets and personal data that the checks recognise are masked.");
        for (Split split : Split.values()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<br>%s <code>%s</code>",
                    split.label(),
                    profile.report().split(split).sha256()));
        }
        return out.append("</footer>\n</main>\n</body>\n</html>\n").toString();
    }

    private static String subtitle(DatasetProfile profile) {
        return Stream.of(Split.values())
                .map(split -> String.format(
                        Locale.ROOT,
                        "%,d %s",
                        profile.report().split(split).rows(),
                        split == Split.TRAIN ? "training" : split.label()))
                .collect(Collectors.joining(", ", "", " examples"));
    }

    private static void sizes(StringBuilder out, DatasetProfile profile) {
        out.append("""
                <section>
                <h2>Sizes</h2>
                <div class="scroll"><table>
                <thead><tr><th>split<th class="n">examples<th class="n">tokens<th class="n">to learn<th class="n">mean\
                <th class="n">longest<th class="n">too long</tr></thead>
                <tbody>
                """);
        for (Split split : Split.values()) {
            SplitReport report = profile.report().split(split);
            out.append(String.format(
                    Locale.ROOT,
                    "<tr><td><i class=\"key %1$s\"></i>%1$s<td class=\"n\">%2$,d<td class=\"n\">%3$,d<td class=\"n\">%4$,d"
                            + "<td class=\"n\">%5$,.1f<td class=\"n\">%6$,d<td class=\"n\">%7$,d</tr>\n",
                    split.label(),
                    report.rows(),
                    report.lengths().tokens(),
                    report.lengths().supervisedTokens(),
                    report.lengths().meanTokens(),
                    report.lengths().longest(),
                    report.dropped()));
        }
        out.append("</tbody>\n</table></div>\n");
        DatasetReport report = profile.report();
        Stream.concat(
                        report.distilled().stream()
                                .map(each -> each.sentence(report.train().rows()) + "."),
                        report.notes().stream())
                .forEach(note -> out.append("<p class=\"note\">")
                        .append(Escape.html(note))
                        .append("</p>\n"));
        out.append("</section>\n");
    }

    private static void checks(StringBuilder out, DatasetProfile profile, List<CheckResult> found) {
        out.append("<section id=\"checks\">\n<h2>Checks</h2>\n");
        for (CheckResult result : found) {
            result.findings().forEach(finding -> finding(out, result, finding));
        }
        String clean = profile.checks().stream()
                .filter(result -> result.findings().isEmpty())
                .map(CheckResult::check)
                .collect(Collectors.joining(", "));
        if (!clean.isEmpty()) {
            out.append(String.format(Locale.ROOT, "<p class=\"note\">Nothing found: %s.</p>\n", clean));
        }
        out.append("</section>\n");
    }

    private static void finding(StringBuilder out, CheckResult result, Finding finding) {
        out.append(String.format(
                Locale.ROOT,
                """
                <details class="finding"%s>
                <summary><span class="what">%s</span> <code>%s</code><b>%s</b></summary>
                <p class="note">%s</p>
                """,
                result.check().equals(OPEN) ? " open" : "",
                Escape.html(finding.what()),
                result.check(),
                HtmlReport.count(finding.count()),
                Escape.html(result.remedy())));
        finding.first().forEach(sighting -> sighting(out, sighting));
        if (!finding.first().isEmpty() && finding.count() > finding.first().size()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<p class=\"note\">Not shown: %s more.</p>\n",
                    HtmlReport.count(finding.count() - finding.first().size())));
        }
        out.append("</details>\n");
    }

    private static void sighting(StringBuilder out, Sighting sighting) {
        out.append("<div class=\"sighting\">");
        for (int i = 0; i < sighting.sources().size(); i++) {
            out.append("<div><span class=\"id\">")
                    .append(Escape.html(sighting.sources().get(i)))
                    .append("</span>");
            if (i == 0 && !sighting.note().isEmpty()) {
                out.append("<span class=\"tag\"><bdi>")
                        .append(Escape.html(sighting.note()))
                        .append("</bdi></span>");
            }
            if (i < sighting.texts().size()) {
                out.append("<p><bdi>")
                        .append(Escape.html(sighting.texts().get(i)))
                        .append("</bdi></p>");
            }
            out.append("</div>");
        }
        out.append("</div>\n");
    }

    private static void lengths(StringBuilder out, DatasetProfile profile) {
        out.append("<section>\n<h2>Lengths <span class=\"count\">limit ")
                .append(String.format(Locale.ROOT, "%,d", profile.limit().tokens()))
                .append(", ")
                .append(Escape.html(profile.limit().origin()))
                .append("</span></h2>\n");
        legend(out);
        out.append("<div class=\"charts\">\n");
        LengthChart.append(
                out,
                "Example",
                TokenHistogram.of(profile.lengths(), TokenLengths::whole),
                profile.limit().tokens());
        LengthChart.append(out, "Prompt", TokenHistogram.of(profile.lengths(), TokenLengths::prompt), 0);
        LengthChart.append(out, "Answer", TokenHistogram.of(profile.lengths(), TokenLengths::answer), 0);
        out.append("</div>\n</section>\n");
    }

    private static void legend(StringBuilder out) {
        out.append("<p class=\"keys\">");
        for (Split split : Split.values()) {
            out.append(String.format(Locale.ROOT, "<span><i class=\"key %1$s\"></i>%1$s</span> ", split.label()));
        }
        out.append("</p>\n");
    }

    private static void labels(StringBuilder out, List<DatasetProfile.LabelCount> labels) {
        if (labels.isEmpty()) {
            return;
        }
        out.append(String.format(Locale.ROOT, """
                <section>
                <h2>Labels <span class="count">%s</span></h2>
                <div class="scroll"><table class="labels">
                <thead><tr><th>label<th class="graph"><th class="n">train<th class="n">validation<th class="n">test</tr></thead>
                <tbody>
                """, HtmlReport.count(labels.size())));
        double most = labels.get(0).rows();
        for (DatasetProfile.LabelCount label :
                labels.stream().limit(MOST_LABELS).toList()) {
            out.append("<tr>")
                    .append(HtmlReport.answer(label.label()))
                    .append("<td class=\"graph\"><span class=\"bar parts\" aria-hidden=\"true\">");
            part(out, Split.TRAIN, label.train() / most);
            part(out, Split.VALIDATION, label.validation() / most);
            part(out, Split.TEST, label.test() / most);
            out.append(String.format(
                    Locale.ROOT,
                    "</span><td class=\"n\">%,d<td class=\"n\">%,d<td class=\"n\">%,d</tr>\n",
                    label.train(),
                    label.validation(),
                    label.test()));
        }
        out.append("</tbody>\n</table></div>\n");
        if (labels.size() > MOST_LABELS) {
            out.append(String.format(
                    Locale.ROOT,
                    "<p class=\"note\">Not shown: %s with fewer rows.</p>\n",
                    Counted.of(labels.size() - MOST_LABELS, "label")));
        }
        out.append("</section>\n");
    }

    private static void part(StringBuilder out, Split split, double share) {
        if (share > 0) {
            out.append(String.format(
                    Locale.ROOT, "<i class=\"%s\" style=\"width:%.2f%%\"></i>", split.label(), 100 * share));
        }
    }

    private static void rendered(StringBuilder out, List<RenderedExample> examples) {
        out.append("""
                <section id="rendered">
                <h2>As the model sees them</h2>
                <p class="note">Training examples from the shortest to the longest. The model learns what is <mark>marked</mark>.</p>
                """);
        for (RenderedExample example : examples) {
            out.append(String.format(
                    Locale.ROOT,
                    "<figure class=\"rendered\">\n<figcaption class=\"id\">%s, %s</figcaption>\n<pre>",
                    Escape.html(example.source()),
                    Counted.of(example.tokens(), "token")));
            for (RenderedExample.Part part : example.parts()) {
                String text = Escape.html(shortened(part.text()));
                out.append(part.learnt() ? "<mark>" + text + "</mark>" : text);
            }
            out.append("</pre>\n</figure>\n");
        }
        out.append("</section>\n");
    }

    /** A long text without its middle, so that both borders to the other parts are seen. */
    private static String shortened(String text) {
        int length = text.codePointCount(0, text.length());
        if (length <= PART) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, PART / 2))
                + String.format(Locale.ROOT, " … (%,d characters) … ", length - 2 * (PART / 2))
                + text.substring(text.offsetByCodePoints(text.length(), -(PART / 2)));
    }
}
