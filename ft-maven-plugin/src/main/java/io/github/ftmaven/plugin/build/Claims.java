package io.github.ftmaven.plugin.build;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.RealPath;
import java.nio.file.Path;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The files that belong to each fine-tune of a project. Two executions in one build must not overwrite each other's
 * files.
 */
public record Claims(MavenProject project) {
    private static final String KEY = "io.github.ftmaven:claim:";

    /** Rejects an output directory that belongs to another spec. */
    public void output(Path output, Path spec) {
        Path other = claim(output, spec);
        if (other != null) {
            throw new InvalidInputException("Two fine-tunes of this build, " + shown(other) + " and " + shown(spec)
                    + ", have the same output directory, " + shown(output)
                    + ". Set a separate <outputDirectory> in one of their executions.");
        }
    }

    /** Rejects a jar that belongs to another fine-tune, and a second jar of the same fine-tune. */
    public void jar(Path output, Path jar) {
        Path other = claim(jar, output);
        if (other != null) {
            throw new InvalidInputException(shown(jar) + ": this build packaged " + shown(other) + " there, and "
                    + shown(output)
                    + " would overwrite it. Set a separate <classifier> in one of their executions.");
        }
        Path second = claim(output.resolve("package"), jar);
        if (second != null) {
            throw new InvalidInputException("This build packaged " + shown(output) + " as " + shown(second) + " and"
                    + " must not package it as " + shown(jar)
                    + " too. Set a separate <outputDirectory> in one of their executions.");
        }
    }

    /** Claims a path for an owner. Returns the earlier owner if it is a different one. */
    private @Nullable Path claim(Path what, Path who) {
        String key = KEY + RealPath.of(what);
        Path real = RealPath.of(who);
        Path other = (Path) project.getContextValue(key);
        if (other == null) {
            project.setContextValue(key, real);
        }
        return other == null || other.equals(real) ? null : other;
    }

    private String shown(Path path) {
        return FineTune.shown(project.getBasedir().toPath(), path);
    }
}
