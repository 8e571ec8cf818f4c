package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterContent;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.ArtifactSize;
import io.github.ftmaven.plugin.artifact.Card;
import io.github.ftmaven.plugin.artifact.Formats;
import io.github.ftmaven.plugin.artifact.MlBom;
import io.github.ftmaven.plugin.artifact.OutputTimestamp;
import io.github.ftmaven.plugin.artifact.Reuse;
import io.github.ftmaven.plugin.artifact.SealingOrder;
import io.github.ftmaven.plugin.build.BuildPlan;
import io.github.ftmaven.plugin.build.Claims;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.report.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecution;
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

    /** What an earlier build packaged is the project's artifact, so that what follows in the lifecycle has one. */
    @Override
    void skipped() throws IOException {
        Path jar = AdapterFile.of(project, classifier);
        String shown = FineTune.shown(project.getBasedir().toPath(), jar);
        boolean main = AdapterFile.isMain(project, classifier);
        if (Files.isRegularFile(jar)) {
            PackagedAdapter.open(jar, shown).close();
            attach(jar);
            getLog().info("The " + (main ? "project's artifact" : "artifact " + AdapterFile.name(project, classifier))
                    + " is " + shown + " as an earlier build packaged it, without a seal.");
        } else if (main) {
            project.getProperties().setProperty("maven.install.skip", "true");
            project.getProperties().setProperty("maven.deploy.skip", "true");
            getLog().warn("There is no " + shown + " of an earlier build, so this module is neither installed nor"
                    + " deployed, and other modules get its adapter from a repository, if one has it. Build it once"
                    + " without skipping ft:package.");
        }
    }

    private void attach(Path jar) {
        if (AdapterFile.isMain(project, classifier)) {
            project.getArtifact().setFile(jar.toFile());
        } else {
            projectHelper.attachArtifact(project, "jar", AdapterFile.classifier(project, classifier), jar.toFile());
        }
    }

    /** Refuses what leaves a project without an artifact of its own, and a directory in the jar that has another use. */
    private void requireClassifier() {
        MojoExecution execution = mojoExecution;
        if (AdapterFile.isOnly(project)
                && !AdapterFile.isMain(project, classifier)
                && execution != null
                && execution.getExecutionId().startsWith("default-")
                && execution.getSource() == MojoExecution.Source.LIFECYCLE) {
            throw new InvalidInputException("ft.classifier is " + classifier + ", but this adapter is the project's own"
                    + " artifact, which has none. Write it as <classifier> of a further <execution> of this plugin.");
        }
        if (PackagedAdapter.EVALUATION.equals(classifier + "/")) {
            throw new InvalidInputException("ft.classifier is " + classifier
                    + ", which has a meaning of its own in the jar. Write another one.");
        }
    }

    @Override
    void run(FineTune declared) throws IOException {
        requireClassifier();
        SealingOrder.warning(plan.of(session, project, getLog()), "ft-maven-plugin")
                .ifPresent(getLog()::warn);
        Reuse.of(project, declared.output()).packaged(Instant.now());
        Needs.dataset(declared);
        Needs.adapter(declared);
        Needs.intact(declared, Stage.dataset(declared.output()), "read");
        Needs.intact(declared, Stage.train(declared.output()), "trained");
        FineTune fineTune = inputFiles.fetch(inputGoal(), declared, true);
        Path jar = AdapterFile.of(project, classifier);
        new Claims(project).jar(fineTune.output(), jar);
        Instant time = OutputTimestamp.parse(outputTimestamp);
        Formats formats =
                new Formats(fineTune, jar.resolveSibling(""), project.getBuild().getFinalName());
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        Stamp training = Stamps.read(Stage.train(fineTune.output()), "Run ft:train again.");
        Stamp stamp = StageStamps.packaging(
                fineTune, digests, AdapterFile.name(project, classifier), time.toString(), training);
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
                            AdapterFile.classifier(project, classifier),
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
        attach(jar);
    }
}
