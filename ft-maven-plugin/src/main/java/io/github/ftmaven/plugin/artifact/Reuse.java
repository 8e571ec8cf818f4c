package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.RealPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.maven.project.MavenProject;

/**
 * Records what this build ran and what it reused, for later goals of the same build.
 *
 * @param output the output directory: a project may have several fine-tunes
 */
public record Reuse(MavenProject project, Path output) {
    public static Reuse of(MavenProject project, Path output) {
        return new Reuse(project, RealPath.of(output));
    }

    public void record(String goal, boolean reused) {
        project.setContextValue(key(goal), reused);
    }

    public boolean reused(String goal) {
        return Boolean.TRUE.equals(project.getContextValue(key(goal)));
    }

    /** Records the scores that {@code ft:evaluate} wrote. */
    public void measured(Path scores) throws IOException {
        project.setContextValue(key("scores"), Digests.sha256(scores));
    }

    /** Whether {@code ft:evaluate} wrote scores in this build. */
    boolean isMeasured() {
        return project.getContextValue(key("scores")) != null;
    }

    /**
     * Rejects scores other than those that {@code ft:evaluate} wrote in this build, even if their stamp matches. If
     * {@code ft:evaluate} did not run, only the stamp decides.
     */
    public void requireMeasured(Path scores, String shown) throws IOException {
        Object measured = project.getContextValue(key("scores"));
        if (measured != null && !measured.equals(Digests.sha256(scores))) {
            throw new InvalidInputException(
                    shown + " has changed since ft:evaluate wrote it in this build. Build again.");
        }
    }

    /** Records when {@code ft:package} began, to the second, because every file system supports that. */
    public void packaged(Instant began) {
        project.setContextValue(key("packaged"), began.truncatedTo(ChronoUnit.SECONDS));
    }

    /** When {@code ft:package} began, if this build ran it. */
    public Optional<Instant> packaged() {
        return project.getContextValue(key("packaged")) instanceof Instant began
                ? Optional.of(began)
                : Optional.empty();
    }

    private String key(String what) {
        return "io.github.ftmaven:" + what + ":" + output;
    }
}
