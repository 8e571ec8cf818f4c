package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterContent;
import io.github.ftmaven.plugin.artifact.ArtifactSize;
import io.github.ftmaven.plugin.artifact.Card;
import io.github.ftmaven.plugin.artifact.Formats;
import io.github.ftmaven.plugin.artifact.MlBom;
import io.github.ftmaven.plugin.artifact.OutputTimestamp;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.runtime.report.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Packages the trained adapter as a jar, with its model card, its spec and where it came from: the same bytes for the same
 * content. It becomes the project's artifact under the packaging {@code lora-adapter}, an attached one under any other.
 * The other forms that {@code artifact.formats} names are attached: the merged model as a zip, and GGUF files.
 *
 * @since 0.1.0
 */
@Mojo(name = "package", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class PackageMojo extends FtMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.package.skip", defaultValue = "false")
    boolean skipPackage;

    /**
     * The classifier to attach the adapter under, in a project of another packaging than {@code lora-adapter}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.classifier", defaultValue = "lora")
    String classifier;

    /**
     * The time that all entries of the jar bear: an ISO 8601 time, or seconds since 1970. A fixed one if there is none.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.build.outputTimestamp}")
    @Nullable
    String outputTimestamp;

    /**
     * The size in megabytes above which an artifact is warned of: repositories refuse large files. 0 for never.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.artifact.warnSize", defaultValue = "1000")
    int warnSize;

    private final InputFiles inputFiles;
    private final MavenProjectHelper projectHelper;
    private final BuildPlan plan;

    @Inject
    PackageMojo(InputFiles inputFiles, MavenProjectHelper projectHelper, BuildPlan plan) {
        super("package");
        this.inputFiles = inputFiles;
        this.projectHelper = projectHelper;
        this.plan = plan;
    }

    @Override
    boolean skipsGoal() {
        return skipPackage;
    }

    @Override
    boolean isStage() {
        return true;
    }

    @Override
    void run(FineTune declared) throws IOException {
        SealingOrder.warning(plan.of(session, project, getLog()), "ft-maven-plugin")
                .ifPresent(getLog()::warn);
        Reuse.of(project).packaged(Instant.now());
        Needs.dataset(declared);
        Needs.adapter(declared);
        Needs.intact(declared, Stage.dataset(declared.output()), "read");
        Needs.intact(declared, Stage.train(declared.output()), "trained");
        FineTune fineTune = inputFiles.fetch(inputGoal(), declared, true);
        Path jar = AdapterFile.of(project, classifier);
        Instant time = OutputTimestamp.parse(outputTimestamp);
        Formats formats =
                new Formats(fineTune, jar.resolveSibling(""), project.getBuild().getFinalName());
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        Stamp training = Stamps.read(Stage.train(fineTune.output()), "Run ft:train again.");
        Stamp stamp =
                StageStamps.packaging(fineTune, digests, AdapterFile.coordinates(project), time.toString(), training);
        List<Path> attachments =
                formats.attached().stream().map(Formats.Attached::file).toList();
        Stage stage = Stage.packaging(fineTune.output(), jar, attachments);
        Stamps stamps = new Stamps(fineTune.project(), digests);
        Stamps.Decision decision = stamps.decide(stage, stamp);
        if (decision.run()) {
            decision.reason().ifPresent(getLog()::info);
            ModelCard.Facts card = Card.facts(fineTune, project.getArtifactId(), formats.names(), digests);
            new AdapterContent(fineTune, digests, card)
                    .jar(
                            new MlBom.Coordinates(project.getGroupId(), project.getArtifactId(), project.getVersion()),
                            training)
                    .write(jar, time);
            formats.write(card, time);
            stamps.record(stage, stamp);
            getLog().info("Packaged the adapter: " + fineTune.shown(jar));
            attachments.forEach(file -> getLog().info("Packaged " + fineTune.shown(file)));
        } else {
            getLog().info("Artifact is up to date: nothing changed since it was packaged.");
        }
        for (Path artifact : Stream.concat(Stream.of(jar), attachments.stream()).toList()) {
            ArtifactSize.warning(artifact, warnSize).ifPresent(getLog()::warn);
        }
        for (Formats.Attached attached : formats.attached()) {
            projectHelper.attachArtifact(
                    project,
                    attached.type(),
                    attached.classifier(),
                    attached.file().toFile());
        }
        if (AdapterFile.isMain(project)) {
            project.getArtifact().setFile(jar.toFile());
        } else {
            projectHelper.attachArtifact(project, "jar", classifier, jar.toFile());
        }
    }
}
