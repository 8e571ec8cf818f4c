package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.metrics.LabelReport;
import io.github.ftmaven.runtime.metrics.LabelScores;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The readable report of an evaluation: one HTML page, and a short form in Markdown. It shows the scores and, after
 * ft:check, the verdict.
 */
public final class EvaluationReport {
    private EvaluationReport() {}

    /**
     * Writes {@code report.html}, which is self-contained, and {@code report.md} into the directory, each atomically,
     * for scores without a verdict.
     *
     * @param remarks one sentence for each thing a reader should know about the origin of the scores
     */
    public static void write(Path directory, String name, Scores scores, List<String> remarks) throws IOException {
        write(directory, name, scores, null, remarks);
    }

    /** Writes the same with the rules and their verdicts, where {@code gate} is not null. */
    public static void write(
            Path directory, String name, Scores scores, @Nullable GateResult gate, List<String> remarks)
            throws IOException {
        write(directory.resolve("report.html"), HtmlReport.render(name, scores, gate, remarks));
        write(directory.resolve("report.md"), MarkdownReport.render(name, scores, gate, remarks));
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The model whose labels are shown: the tuned model, or the only one. */
    static ProviderScores subject(Scores scores) {
        List<ProviderScores> providers = scores.test().providers();
        return scores.test().provider(ProviderScores.TUNED).orElse(providers.get(providers.size() - 1));
    }

    /** The labels, worst recognised first; empty when the answers are free text, all of them different. */
    static Optional<LabelReport> labels(ProviderScores provider) {
        LabelReport report = LabelReport.of(provider.items());
        if (report.labels().stream().allMatch(label -> label.support() == 1)) {
            return Optional.empty();
        }
        List<LabelScores> worstFirst = report.labels().stream()
                .sorted(Comparator.comparingDouble(LabelScores::f1))
                .toList();
        return Optional.of(new LabelReport(worstFirst, report.confusions()));
    }
}
