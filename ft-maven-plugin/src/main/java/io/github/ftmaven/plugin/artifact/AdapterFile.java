package io.github.ftmaven.plugin.artifact;

import java.nio.file.Path;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The path of the packaged adapter. With the packaging {@code lora-adapter} and no classifier, it is the project's own
 * jar. Otherwise it is a jar beside it.
 */
public final class AdapterFile {
    private static final String PACKAGING = "lora-adapter";
    private static final String DEFAULT_CLASSIFIER = "lora";

    private AdapterFile() {}

    /** Whether the adapter is the project's only artifact. */
    public static boolean isOnly(MavenProject project) {
        return project.getPackaging().equals(PACKAGING);
    }

    /**
     * Whether the adapter is the project's main artifact.
     *
     * @param declared {@code ft.classifier}
     */
    public static boolean isMain(MavenProject project, @Nullable String declared) {
        return isOnly(project) && (declared == null || declared.isEmpty());
    }

    /** The jar's classifier; empty for the project's main artifact. */
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
