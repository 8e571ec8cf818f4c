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
 * What this build did and what it did not do again, for later goals of the same build.
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

    /** Remembers what {@code ft:evaluate} left. */
    public void measured(Path scores) throws IOException {
        project.setContextValue(key("scores"), Digests.sha256(scores));
    }

    /** Whether {@code ft:evaluate} left something in this build. */
    boolean isMeasured() {
        return project.getContextValue(key("scores")) != null;
    }

    /**
     * Refuses scores that are not those that {@code ft:evaluate} left in this build, whatever the stamp beside them says.
     * Where it was not run, the stamp alone tells.
     */
    public void requireMeasured(Path scores, String shown) throws IOException {
        Object measured = project.getContextValue(key("scores"));
        if (measured != null && !measured.equals(Digests.sha256(scores))) {
            throw new InvalidInputException(
                    shown + " is not what ft:evaluate left in this build: something else wrote it since. Build again.");
        }
    }

    /** Remembers when {@code ft:package} began, in the seconds that every file system knows. */
    public void packaged(Instant began) {
        project.setContextValue(key("packaged"), began.truncatedTo(ChronoUnit.SECONDS));
    }

    /** When {@code ft:package} began, if it is part of this build. */
    public Optional<Instant> packaged() {
        return project.getContextValue(key("packaged")) instanceof Instant began
                ? Optional.of(began)
                : Optional.empty();
    }

    private String key(String what) {
        return "io.github.ftmaven:" + what + ":" + output;
    }
}
