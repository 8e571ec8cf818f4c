package io.github.ftmaven.runtime.hub;

import java.util.List;

/**
 * The wanted files of a repository. Names are paths from the repository's root.
 *
 * @param required files that must exist
 * @param optional files that are downloaded if they exist
 * @param weights candidates for the weights file or the index of its shards: the first that exists is downloaded, with
 *     the files it lists; empty for no weights
 */
public record HubFiles(List<String> required, List<String> optional, List<String> weights) {
    /** Copies the lists. */
    public HubFiles {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
        weights = List.copyOf(weights);
    }
}
