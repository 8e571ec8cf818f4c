package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.runtime.files.RealPath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.project.MavenProject;

/**
 * The verdict of an earlier build: its summary, the verdicts in its reports, and the seal in its jar. A build that
 * fails or does not judge must remove all of them, because users would take them for its own.
 */
public record EarlierVerdict(List<Path> files, List<Path> jars) {
    private static final String JAR = ".jar";
    private static final String SEALED = "io.github.ftmaven:sealed:";

    /**
     * The earlier verdict of a project. Once {@code ft:evaluate} has written its reports, they belong to this build and
     * contain no verdict.
     *
     * @param output {@code target/ft}
     */
    public static EarlierVerdict of(MavenProject project, Path output) throws IOException {
        Path summary = output.resolve("summary.json");
        Path evaluation = output.resolve("evaluation");
        return new EarlierVerdict(
                Reuse.of(project, output).isMeasured()
                        ? List.of(summary)
                        : List.of(summary, evaluation.resolve("report.html"), evaluation.resolve("report.md")),
                jars(project, output));
    }

    /** Records that this build sealed a jar. */
    public static void rememberSeal(MavenProject project, Path jar, Path output) {
        project.setContextValue(SEALED + RealPath.of(jar), RealPath.of(output));
    }

    /**
     * The project's jars that may contain the adapter, with any classifier. Excludes jars of other fine-tunes that this
     * build sealed.
     */
    private static List<Path> jars(MavenProject project, Path output) throws IOException {
        Path directory = Path.of(project.getBuild().getDirectory());
        String name = project.getBuild().getFinalName();
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, file -> {
            String own = String.valueOf(file.getFileName());
            return own.endsWith(JAR)
                    && (own.startsWith(name + "-") || (AdapterFile.isOnly(project) && own.equals(name + JAR)));
        })) {
            for (Path jar : files) {
                Object sealedFrom = project.getContextValue(SEALED + RealPath.of(jar));
                if (sealedFrom == null || sealedFrom.equals(RealPath.of(output))) {
                    jars.add(jar);
                }
            }
        }
        return jars;
    }

    /** Whether any part of the verdict exists. */
    public boolean isThere() throws IOException {
        for (Path file : files) {
            if (Files.exists(file)) {
                return true;
            }
        }
        for (Path jar : jars) {
            if (SealedJar.isSealed(jar)) {
                return true;
            }
        }
        return false;
    }

    /** Deletes the files and removes the seals from the jars. */
    public void withdraw() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        for (Path jar : jars) {
            if (SealedJar.isSealed(jar)) {
                SealedJar.open(jar);
            }
        }
    }
}
