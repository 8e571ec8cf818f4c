package io.github.ftmaven.runtime.hub;

import java.nio.file.Path;

/**
 * Files of a repository on this machine.
 *
 * @param directory where they are: the cache's own, not to be changed
 * @param commit the commit they are of
 */
public record HubSnapshot(Path directory, String commit) {}
