package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.report.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.project.MavenProject;

/**
 * The adapter in the project's classes directory before it is packaged. Until a module is packaged, Maven and IDEs give
 * this directory to other modules of the build. It has the same content as the jar, without a seal. It exists only if
 * the adapter is the project's main artifact, because the jar of any other project must not contain it.
 */
public record LooseAdapter(MavenProject project) {
    /** Deletes the adapter. */
    public void delete() throws IOException {
        Directories.delete(directory());
    }

    /** Writes the trained adapter unless it is there already. */
    public void leave(FineTune fineTune) throws IOException {
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        Stamp training = Stamps.read(Stage.train(fineTune.output()), "Run ft:train again.");
        Stage stage = Stage.classes(fineTune.output(), directory());
        Stamp stamp = StageStamps.packaging(fineTune, digests, AdapterFile.name(project, null), "classes", training);
        Stamps stamps = new Stamps(fineTune.project(), digests);
        if (!stamps.decide(stage, stamp).run()) {
            return;
        }
        Formats formats = new Formats(
                fineTune,
                AdapterFile.of(project, null).resolveSibling(""),
                project.getBuild().getFinalName());
        ModelCard.Facts card = Card.facts(fineTune, project.getArtifactId(), formats.names(), digests, training);
        new AdapterContent(fineTune, digests, card)
                .jar(
                        new MlBom.Coordinates(project.getGroupId(), project.getArtifactId(), project.getVersion()),
                        "",
                        training)
                .unpack(classes());
        stamps.record(stage, stamp);
    }

    private Path classes() {
        return Path.of(project.getBuild().getOutputDirectory());
    }

    private Path directory() {
        return classes().resolve(PackagedAdapter.root(project.getGroupId() + ":" + project.getArtifactId()));
    }
}
