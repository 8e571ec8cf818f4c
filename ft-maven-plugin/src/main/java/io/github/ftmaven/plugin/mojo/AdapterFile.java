package io.github.ftmaven.plugin.mojo;

import java.nio.file.Path;
import org.apache.maven.project.MavenProject;

/** Where the packaged adapter lies: the project's own jar under its own packaging, beside it under any other. */
final class AdapterFile {
    private static final String PACKAGING = "lora-adapter";

    private AdapterFile() {}

    static boolean isMain(MavenProject project) {
        return project.getPackaging().equals(PACKAGING);
    }

    static String coordinates(MavenProject project) {
        return project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion();
    }

    static Path of(MavenProject project, String classifier) {
        String name = project.getBuild().getFinalName() + (isMain(project) ? "" : "-" + classifier) + ".jar";
        return Path.of(project.getBuild().getDirectory(), name);
    }
}
