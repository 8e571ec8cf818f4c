package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.inputs.Baselines;
import io.github.ftmaven.plugin.inputs.TrainingSets;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.drift.DatasetChange.Side;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.files.DataFiles;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.monitor.MonitorResult;
import io.github.ftmaven.runtime.monitor.Monitoring;
import io.github.ftmaven.runtime.report.MonitorPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Compares requests from production logs with the training set of the last release, says whether it is time to train
 * again, and writes the requests that are most unlike it as candidates for labelling. Needs no model. Writes
 * {@code target/ft/monitor}.
 *
 * @since 0.1.0
 */
@Mojo(name = "monitor", threadSafe = true)
public final class MonitorMojo extends FtMojo {
    private static final List<String> ON_DRIFT = List.of("warn", "fail");
    private static final int MOST_CANDIDATES = 1_000;

    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.monitor.skip", defaultValue = "false")
    boolean skipMonitor;

    /**
     * The logs, as paths and globs divided by commas, relative to the project: files of one JSON object per line,
     * {@code .jsonl}, {@code .ndjson} or {@code .log}, alone or packed as {@code .gz}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.logs")
    @Nullable
    String logs;

    /**
     * The adapter whose training set the requests are compared with, instead of the last release:
     * {@code GROUP:ARTIFACT:VERSION[:jar:CLASSIFIER]} or a jar file. With {@code none}, and before the first release, it is
     * the training set in {@code target/ft/dataset}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline")
    @Nullable
    String baseline;

    /**
     * A regular expression for versions that count as a release, as for {@code ft:evaluate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.versionPattern")
    @Nullable
    String baselineVersionPattern;

    /**
     * The score from which the requests are worth a look.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.monitor.watch", defaultValue = "0.1")
    double watch;

    /**
     * The score from which it is time to train again.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.monitor.retrain", defaultValue = "0.25")
    double retrain;

    /**
     * What happens when it is time to train again: {@code warn} or {@code fail}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.monitor.onDrift", defaultValue = "warn")
    String onDrift;

    /**
     * A file, relative to the project, for the requests that are most unlike the training set: rows with a prompt and an
     * empty completion. It must not exist yet. The requests are written as they are, with any personal data in them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.candidates")
    @Nullable
    String candidates;

    /**
     * How many candidates to write at most.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.candidates.count", defaultValue = "50")
    int candidatesCount;

    private final Baselines baselines;

    @Inject
    MonitorMojo(Baselines baselines) {
        super("monitor");
        this.baselines = baselines;
    }

    @Override
    boolean skipsGoal() {
        return skipMonitor;
    }

    @Override
    void run(FineTune fineTune) throws IOException, MojoFailureException {
        requireParameters();
        Path to = candidatesFile(fineTune);
        ProjectPaths paths = new ProjectPaths(fineTune.project());
        List<Path> files = new DataFiles(fineTune.project(), paths).find("-Dft.logs", patterns());
        Monitoring monitoring = new Monitoring(
                reference(fineTune), fineTune.spec().dataset().leaks().sameQuestion());
        files.forEach(file -> monitoring.read(file, paths.show(file)));
        MonitorResult result = monitoring.result(new Monitoring.Thresholds(watch, retrain));
        Path directory = fineTune.output().resolve("monitor");
        JsonFile.write(directory.resolve("report.json"), result.json());
        AtomicFile.write(
                directory.resolve("report.html"), MonitorPage.render(result).getBytes(StandardCharsets.UTF_8));
        if (to != null) {
            int written = monitoring.writeCandidates(to, candidatesCount);
            getLog().info("Wrote " + Counted.of(written, "candidate") + " for labelling: " + fineTune.shown(to)
                    + ". They are requests as users wrote them.");
        }
        tell(fineTune, result);
    }

    private void requireParameters() {
        if (logs == null || logs.isBlank()) {
            throw new InvalidInputException("ft:monitor needs the logs of requests: -Dft.logs=logs/*.jsonl");
        }
        if (!ON_DRIFT.contains(onDrift)) {
            throw new InvalidInputException("ft.monitor.onDrift is " + onDrift + ". Write warn or fail."
                    + Suggestion.didYouMean(onDrift, ON_DRIFT));
        }
        // Negated, so that it also rejects NaN.
        if (!(watch > 0 && retrain >= watch && Double.isFinite(retrain))) {
            throw new InvalidInputException("ft.monitor.watch is " + watch + " and ft.monitor.retrain is " + retrain
                    + ". Write numbers above 0, and for ft.monitor.retrain one that is at least the other.");
        }
        if (candidatesCount < 1 || candidatesCount > MOST_CANDIDATES) {
            throw new InvalidInputException("ft.candidates.count is " + candidatesCount + ". Write a number from 1 to "
                    + MOST_CANDIDATES + ".");
        }
    }

    private List<String> patterns() {
        return Arrays.stream(Objects.requireNonNull(logs).split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }

    /** Somebody may have filled in the answers of earlier candidates, so no file is replaced. */
    private @Nullable Path candidatesFile(FineTune fineTune) {
        if (candidates == null) {
            return null;
        }
        Path file = fineTune.project().resolve(candidates).normalize();
        if (Files.exists(file)) {
            throw new InvalidInputException("-Dft.candidates: " + fineTune.shown(file)
                    + " exists, and may hold answers by now. Name another file, or move this one.");
        }
        return file;
    }

    private Monitoring.Reference reference(FineTune fineTune) throws IOException {
        String reason = "ft.baseline is none.";
        if (!"none".equals(baseline)) {
            Baselines.Release release = baselines.release(
                    inputGoal(),
                    fineTune,
                    new Baselines.Choice(
                            baseline, "fail", baselineVersionPattern, AdapterFile.classifier(project, classifier)),
                    new DigestCache(fineTune.output().resolve("digests.json")));
            ReleasedAdapter adapter = release.adapter();
            Path jar = release.jar();
            if (jar != null) {
                String name = Objects.requireNonNull(adapter.name());
                Side side = TrainingSets.in(jar, name)
                        .orElseThrow(() -> new InvalidInputException(name
                                + " carries no fingerprint of its training set, because its artifact.fingerprint is none"
                                + " or an earlier version of the plugin packaged it. Compare with another release"
                                + " (-Dft.baseline=GROUP:ARTIFACT:VERSION), or with the training set of this build"
                                + " (-Dft.baseline=none)."));
                return new Monitoring.Reference(name, side.fingerprint(), side.examples());
            }
            reason = adapter.reason();
        }
        Needs.dataset(fineTune);
        Side side = TrainingSets.before(fineTune.output())
                .orElseThrow(() -> new InvalidInputException("The dataset in " + fineTune.shown(fineTune.output())
                        + " has no fingerprint. Run ft:dataset" + " again."));
        getLog().info("Compared with the training set of this build: " + reason);
        return new Monitoring.Reference("this build", side.fingerprint(), side.examples());
    }

    private void tell(FineTune fineTune, MonitorResult result) throws MojoFailureException {
        result.table().forEach(getLog()::info);
        if (result.lines().unread() > 0) {
            getLog().warn(Counted.of(result.lines().unread(), "line") + " of the logs could not be read:");
            result.lines().firstUnread().forEach(getLog()::warn);
        }
        String report = "The report: "
                + FineTune.shown(Path.of("").toAbsolutePath(), fineTune.output().resolve("monitor/report.html"));
        switch (result.verdict()) {
            case STABLE -> getLog().info(result.sentence());
            case WATCH, TOO_FEW -> getLog().warn(result.sentence());
            case RETRAIN -> {
                if (onDrift.equals("fail")) {
                    throw new MojoFailureException(PrintableText.of(result.sentence()) + "\n" + report);
                }
                getLog().warn(result.sentence());
            }
        }
        getLog().info(report);
    }
}
