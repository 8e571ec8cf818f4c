package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.artifact.OutputTimestamp;
import io.github.ftmaven.plugin.artifact.Provenance;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Packages the trained adapter as a jar, with its spec and where it came from: the same bytes for the same content. It
 * becomes the project's artifact under the packaging {@code lora-adapter}, an attached one under any other.
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

    private final InputFiles inputFiles;
    private final MavenProjectHelper projectHelper;

    @Inject
    PackageMojo(InputFiles inputFiles, MavenProjectHelper projectHelper) {
        super("package");
        this.inputFiles = inputFiles;
        this.projectHelper = projectHelper;
    }

    @Override
    boolean skipsGoal() {
        return skipPackage;
    }

    @Override
    void run(FineTune declared) throws IOException {
        Needs.dataset(declared);
        Needs.adapter(declared);
        FineTune fineTune = inputFiles.fetch(inputGoal(), declared, true);
        Path jar = AdapterFile.of(project, classifier);
        Instant time = OutputTimestamp.parse(outputTimestamp);
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        Stamp training = Stamps.read(Stage.train(fineTune.output()), "Run ft:train again.");
        Stamp stamp = StageStamps.packaging(
                fineTune, digests, project.getGroupId() + ":" + project.getArtifactId(), time.toString(), training);
        Stage stage = Stage.packaging(fineTune.output(), jar);
        Stamps stamps = new Stamps(fineTune.project(), digests);
        Stamps.Decision decision = stamps.decide(stage, stamp);
        if (decision.run()) {
            decision.reason().ifPresent(getLog()::info);
            AdapterJar content = new AdapterJar(project.getGroupId(), project.getArtifactId());
            for (Path file : Stage.adapterFiles(fineTune.output())) {
                content.add(file.getFileName().toString(), file);
            }
            content.add("fine-tune.yaml", fineTune.specFile())
                    .add("dataset.json", fineTune.output().resolve("dataset/dataset.json"))
                    .add("provenance.json", new Provenance(fineTune, digests).json(training))
                    .write(jar, time);
            stamps.record(stage, stamp);
            getLog().info("Packaged the adapter: " + fineTune.shown(jar));
        } else {
            getLog().info("Artifact is up to date: nothing changed since it was packaged.");
        }
        if (AdapterFile.isMain(project)) {
            project.getArtifact().setFile(jar.toFile());
        } else {
            projectHelper.attachArtifact(project, "jar", classifier, jar.toFile());
        }
    }
}
