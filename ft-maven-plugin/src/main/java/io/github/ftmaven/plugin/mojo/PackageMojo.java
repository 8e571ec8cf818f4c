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
 * Packages the trained adapter as a reproducible jar, with its model card, its spec and its provenance. With the
 * packaging {@code lora-adapter}, the jar is the project's main artifact; with any other packaging, it is attached.
 * Also attaches the other forms that {@code artifact.formats} lists: the merged model as a zip, and GGUF files.
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
     * The timestamp of all entries in the jar: an ISO 8601 time, or seconds since 1970. Defaults to a fixed time.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.build.outputTimestamp}")
    @Nullable
    String outputTimestamp;

    /**
     * The size in megabytes above which the goal warns about an artifact, because repositories reject large files. 0
     * disables the warning.
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
    boolean touchesArtifact() {
        return true;
    }

    /** Makes the jar of an earlier build the project's artifact, because later phases need one. */
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
                    + " deployed. Other modules can get its adapter only from a repository. Build it once without"
                    + " skipping ft:package.");
        }
    }

    private void attach(Path jar) {
        if (AdapterFile.isMain(project, classifier)) {
            project.getArtifact().setFile(jar.toFile());
        } else {
            projectHelper.attachArtifact(project, "jar", AdapterFile.classifier(project, classifier), jar.toFile());
        }
    }

    /**
     * Rejects a classifier that would leave the project without a main artifact, or that names a directory with another
     * use in the jar.
     */
    private void requireClassifier() {
        MojoExecution execution = mojoExecution;
        if (AdapterFile.isOnly(project)
                && !AdapterFile.isMain(project, classifier)
                && execution != null
                && execution.getExecutionId().startsWith("default-")
                && execution.getSource() == MojoExecution.Source.LIFECYCLE) {
            throw new InvalidInputException("ft.classifier is " + classifier + ", but this adapter is the project's"
                    + " main artifact, which has no classifier. Set <classifier> in another <execution> of this"
                    + " plugin.");
        }
        if (PackagedAdapter.EVALUATION.equals(classifier + "/")) {
            throw new InvalidInputException(
                    "ft.classifier is " + classifier + ", which is a reserved name in the jar. Choose another one.");
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
            ModelCard.Facts card = Card.facts(fineTune, project.getArtifactId(), formats.names(), digests, training);
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
