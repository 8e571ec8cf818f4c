package io.github.ftmaven.plugin.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The artifacts of a build's repositories and modules. */
public interface Artifacts {
    /**
     * The file of an artifact if it is on this machine; a directory if it belongs to a module that is not packaged yet.
     */
    Optional<Path> local(String key, Coordinates coordinates);

    /**
     * The file of an artifact, downloaded if necessary; a directory if it belongs to a module that is not packaged yet.
     *
     * @throws io.github.ftmaven.plugin.UnavailableException if no repository has it, or none can be asked
     */
    Path resolve(String key, Coordinates coordinates) throws IOException;
}
