package io.github.ftmaven.plugin.build;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.RealPath;
import java.nio.file.Path;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What the fine-tunes of one project have for themselves: two executions in one build must not overwrite each other. */
public record Claims(MavenProject project) {
    private static final String KEY = "io.github.ftmaven:claim:";

    /** Refuses the output directory of another spec. */
    public void output(Path output, Path spec) {
        Path other = claim(output, spec);
        if (other != null) {
            throw new InvalidInputException("Two fine-tunes of this build, " + shown(other) + " and " + shown(spec)
                    + ", have one output directory, " + shown(output)
                    + ". Give the execution of one of them an <outputDirectory> of its own.");
        }
    }

    /** Refuses a jar of another fine-tune, and a second jar of the same. */
    public void jar(Path output, Path jar) {
        Path other = claim(jar, output);
        if (other != null) {
            throw new InvalidInputException(shown(jar) + ": what is in " + shown(other) + " was packaged there in this"
                    + " build, and what is in " + shown(output)
                    + " would overwrite it. Give the execution of one of them a"
                    + " <classifier> of its own.");
        }
        Path second = claim(output.resolve("package"), jar);
        if (second != null) {
            throw new InvalidInputException("What is in " + shown(output) + " was packaged in this build as "
                    + shown(second) + ", and must not become " + shown(jar)
                    + " too. Give the execution of one of them an <outputDirectory> of its own.");
        }
    }

    /** Claims something for somebody; who has it, if it is another one. */
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
