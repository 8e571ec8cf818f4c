package io.github.ftmaven.runtime.files;

import java.util.List;

/** Names of files that are not the project's own. */
public final class RemoteFiles {
    /** Files of a dataset on a hub: {@code hf:datasets/ORG/NAME@COMMIT:FILE}. */
    public static final String HUB = "hf:";

    /** Files of an artifact: {@code mvn:G:A:V[:TYPE[:CLASSIFIER]][!FILE]}. */
    public static final String REPOSITORY = "mvn:";

    private RemoteFiles() {}

    /** Whether a spec's path is the name of such a file. */
    public static boolean isRemote(String path) {
        return List.of(HUB, REPOSITORY).stream().anyMatch(path::startsWith);
    }
}
