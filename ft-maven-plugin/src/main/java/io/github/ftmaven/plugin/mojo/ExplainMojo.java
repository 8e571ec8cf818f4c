package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.NotHereException;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.Formats;
import io.github.ftmaven.plugin.artifact.OutputTimestamp;
import io.github.ftmaven.plugin.cache.Explanation;
import io.github.ftmaven.plugin.cache.Explanation.Outcome;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.inputs.Results;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.plugin.worker.Terminal;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Explains, field by field, what the next build would run again and what it would take from the cache. Runs none of it
 * and needs no network. Does not look up the last release, which rules may compare with.
 *
 * @since 0.1.0
 */
@Mojo(name = "explain", threadSafe = true)
public final class ExplainMojo extends ComputeMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.explain.skip", defaultValue = "false")
    boolean skipExplain;

    /**
     * The timestamp of all entries in the jar.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.build.outputTimestamp}")
    @Nullable
    String outputTimestamp;

    /**
     * Whether {@code ft:evaluate} may take scores from the cache.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.evaluate.trustCache", defaultValue = "true")
    boolean trustCache;

    private final InputFiles inputFiles;

    @Inject
    ExplainMojo(InputFiles inputFiles) {
        super("explain");
        this.inputFiles = inputFiles;
    }

    @Override
    boolean skipsGoal() {
        return skipExplain;
    }

    @Override
    boolean writes() {
        return false;
    }

    @Override
    void run(FineTune declared) throws IOException {
        try {
            tell(explain(inputFiles.find(inputGoal(), declared, true)));
        } catch (NotHereException e) {
            tell(List.of("Everything would run: " + e.getMessage() + "."));
        }
    }

    private void tell(List<String> lines) {
        if (getLog().isInfoEnabled()) {
            lines.forEach(getLog()::info);
        } else {
            Terminal.print(String.join("\n", lines), session);
        }
    }

    private List<String> explain(FineTune fineTune) throws IOException {
        Path output = fineTune.output();
        DigestCache digests = new DigestCache(output.resolve("digests.json"));
        StageStamps stamps = stamps(fineTune, digests);
        Results.Policy keeping = new Results.Policy(cacheSize, null, false, true);
        Explanation explanation = new Explanation(
                output,
                new Stamps(fineTune.project(), digests),
                digests,
                Results.cache(cacheDirectory.toPath(), keeping));
        explanation.explain(Stage.dataset(output), stamps.dataset());
        Stamp training = stamps.train();
        Outcome trained = explanation.explain(Stage.train(output), training);
        Path jar = AdapterFile.of(project, classifier);
        Stage packaging = Stage.packaging(output, jar, attached(fineTune, jar));
        if (trained == Outcome.UP_TO_DATE) {
            explanation.explainPackaging(
                    packaging,
                    StageStamps.packaging(
                            fineTune,
                            digests,
                            AdapterFile.name(project, classifier),
                            OutputTimestamp.parse(outputTimestamp).toString(),
                            training));
        } else {
            explanation.explainPackagingAfter(packaging, Stage.train(output));
        }
        explanation.explainEvaluation(
                Stage.evaluate(output),
                stamps.evaluate(jar, null),
                ReleasedAdapter.isWanted(fineTune.spec().acceptance()),
                trustCache);
        return explanation.lines();
    }

    private List<Path> attached(FineTune fineTune, Path jar) {
        Formats formats =
                new Formats(fineTune, jar.resolveSibling(""), project.getBuild().getFinalName());
        return formats.attached().stream().map(Formats.Attached::file).toList();
    }
}
