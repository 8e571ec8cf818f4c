package io.github.ftmaven.runtime.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.drift.DatasetChange;
import io.github.ftmaven.runtime.drift.Difference;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What changed in a dataset: {@code changes.html} for people, {@code changes.json} for programs. */
public final class DatasetChangeFiles {
    private static final int FORMAT_VERSION = 1;

    private DatasetChangeFiles() {}

    /** Writes both files into the dataset's directory. */
    public static void write(Path directory, List<DatasetChange> changes) throws IOException {
        AtomicFile.write(directory.resolve("changes.html"), page(changes).getBytes(StandardCharsets.UTF_8));
        JsonFile.write(directory.resolve("changes.json"), json(changes));
    }

    static String page(List<DatasetChange> changes) {
        StringBuilder out = new StringBuilder();
        Page.begin(out, "What changed", "report.css", "dataset.css");
        out.append("<header>\n<h1>What changed</h1>\n<p><a href=\"report.html\">The dataset</a></p>\n</header>\n");
        for (DatasetChange change : changes) {
            out.append("<section>\n<h2>Since ")
                    .append(Escape.html(change.since()))
                    .append("</h2>\n");
            rows(out, change);
            DriftTables.drift(out, change.drift());
            DriftTables.labels(out, change.labels(), "before", "now");
            if (!change.files().isEmpty()) {
                out.append("<p class=\"note\">Files: ")
                        .append(Escape.html(String.join(", ", change.files())))
                        .append(".</p>\n");
            }
            out.append("</section>\n");
        }
        if (changes.isEmpty()) {
            out.append("<section><p>Nothing to compare with yet.</p></section>\n");
        }
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void rows(StringBuilder out, DatasetChange change) {
        if (change.learnt() == null || change.test() == null) {
            out.append(
                    "<p class=\"note\">It carries no digests of its rows, so they cannot be compared one by one.</p>\n");
            return;
        }
        out.append("""
                <div class="scroll"><table>
                <thead><tr><th>rows<th class="n">added<th class="n">removed<th class="n">changed</tr></thead>
                <tbody>
                """);
        row(out, "training and validation", change.learnt());
        row(out, "test", change.test());
        out.append("""
                </tbody>
                </table></div>
                <p class="note">Changed: the same question with another answer.</p>
                """);
    }

    private static void row(StringBuilder out, String name, Difference difference) {
        out.append(String.format(
                Locale.ROOT,
                "<tr><td>%s<td class=\"n\">%,d<td class=\"n\">%,d<td class=\"n\">%,d</tr>\n",
                name,
                difference.added(),
                difference.removed(),
                difference.changed()));
    }

    static ObjectNode json(List<DatasetChange> changes) {
        ObjectNode json = JsonFile.object().put("formatVersion", FORMAT_VERSION);
        ArrayNode all = json.putArray("changes");
        for (DatasetChange change : changes) {
            ObjectNode each = all.addObject().put("since", change.since()).put("line", change.line());
            difference(each, "learnt", change.learnt());
            difference(each, "test", change.test());
            ArrayNode parts = each.putArray("drift");
            change.drift()
                    .parts()
                    .forEach(part -> parts.addObject()
                            .put("part", part.name())
                            .put("score", rounded(part.value()))
                            .put("byChance", rounded(part.byChance())));
            ArrayNode labels = each.putArray("labels");
            change.labels()
                    .forEach(shift -> labels.addObject()
                            .put("label", Fingerprint.shown(shift.label()))
                            .put("before", rounded(shift.before()))
                            .put("after", rounded(shift.after())));
            ArrayNode files = each.putArray("files");
            change.files().forEach(files::add);
        }
        return json;
    }

    private static void difference(ObjectNode json, String name, @Nullable Difference difference) {
        if (difference != null) {
            json.putObject(name)
                    .put("added", difference.added())
                    .put("removed", difference.removed())
                    .put("changed", difference.changed());
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
