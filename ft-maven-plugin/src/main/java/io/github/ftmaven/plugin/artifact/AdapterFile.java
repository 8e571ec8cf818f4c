package io.github.ftmaven.plugin.artifact;

import java.nio.file.Path;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Where the packaged adapter lies: the project's own jar under its own packaging, unless an execution has a classifier,
 * beside it under any other.
 */
public final class AdapterFile {
    private static final String PACKAGING = "lora-adapter";
    private static final String DEFAULT_CLASSIFIER = "lora";

    private AdapterFile() {}

    /** Whether a project has no other artifact than its adapter. */
    public static boolean isOnly(MavenProject project) {
        return project.getPackaging().equals(PACKAGING);
    }

    /**
     * Whether the adapter is the project's own artifact.
     *
     * @param declared {@code ft.classifier}
     */
    public static boolean isMain(MavenProject project, @Nullable String declared) {
        return isOnly(project) && (declared == null || declared.isEmpty());
    }

    /** The jar's classifier; empty for the project's own artifact. */
    public static String classifier(MavenProject project, @Nullable String declared) {
        return isMain(project, declared) ? "" : declared == null || declared.isEmpty() ? DEFAULT_CLASSIFIER : declared;
    }

    public static String coordinates(MavenProject project) {
        return project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion();
    }

    /** The coordinates with the classifier, if the jar has one. */
    public static String name(MavenProject project, @Nullable String declared) {
        String classifier = classifier(project, declared);
        return coordinates(project) + (classifier.isEmpty() ? "" : ":jar:" + classifier);
    }

    public static Path of(MavenProject project, @Nullable String declared) {
        String classifier = classifier(project, declared);
        String name = project.getBuild().getFinalName() + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
        return Path.of(project.getBuild().getDirectory(), name);
    }
}
