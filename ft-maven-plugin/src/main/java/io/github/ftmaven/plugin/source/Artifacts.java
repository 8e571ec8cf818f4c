package io.github.ftmaven.plugin.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The artifacts of the repositories that a build knows. */
public interface Artifacts {
    /** The file of an artifact if it is in the local repository. */
    Optional<Path> local(Coordinates coordinates);

    /**
     * The file of an artifact, downloaded if it must be.
     *
     * @throws io.github.ftmaven.plugin.UnavailableException if no repository has it, or none can be asked
     */
    Path resolve(String key, Coordinates coordinates) throws IOException;
}
