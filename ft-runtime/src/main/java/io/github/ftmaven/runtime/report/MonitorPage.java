package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.monitor.MonitorResult;
import java.util.Locale;

/** The page about requests and the training set they are compared with. */
public final class MonitorPage {
    private MonitorPage() {}

    /** The page as HTML. */
    public static String render(MonitorResult result) {
        StringBuilder out = new StringBuilder();
        Page.begin(out, "Requests and training set", "report.css", "dataset.css");
        boolean good = result.verdict() == MonitorResult.Verdict.STABLE;
        boolean bad = result.verdict() == MonitorResult.Verdict.RETRAIN;
        out.append(String.format(
                Locale.ROOT,
                """
                <header>
                <h1>Requests and training set</h1>
                <p>%s, compared with the %s of %s</p>
                <p class="verdict %s">%s</p>
                </header>
                <section>
                <h2>Drift</h2>
                """,
                Counted.of(result.lines().requests(), "request"),
                Counted.of(result.rows(), "training row"),
                Escape.html(result.reference()),
                good ? "passes" : bad ? "fails" : "warns",
                Escape.html(result.sentence())));
        DriftTables.drift(out, result.drift());
        out.append(String.format(
                Locale.ROOT,
                "<p class=\"note\">%.1f %% of the requests ask what a training row asks. The mean novelty of their words is"
                        + " %.2f: 0 for words of every training question, 1 for words of none.</p>\n</section>\n",
                100.0 * result.lines().known() / result.lines().requests(),
                result.novelty()));
        if (!result.labels().isEmpty()) {
            out.append("<section>\n<h2>Labels</h2>\n");
            DriftTables.labels(out, result.labels(), "training", "answers");
            out.append("</section>\n");
        }
        if (result.lines().unread() > 0) {
            out.append(String.format(
                    Locale.ROOT,
                    "<section>\n<h2>Not read <span class=\"count\">%s</span></h2>\n<ul>\n",
                    Counted.of(result.lines().unread(), "line")));
            result.lines()
                    .firstUnread()
                    .forEach(line ->
                            out.append("<li><bdi>").append(Escape.html(line)).append("</bdi></li>\n"));
            out.append("</ul>\n</section>\n");
        }
        return out.append("</main>\n</body>\n</html>\n").toString();
    }
}
