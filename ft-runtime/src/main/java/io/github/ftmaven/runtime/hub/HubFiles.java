package io.github.ftmaven.runtime.hub;

import java.util.List;

/**
 * Which files of a repository are wanted. Names are paths from the repository's top.
 *
 * @param required what must be there
 * @param optional what is fetched if it is there
 * @param weights the file of the weights, or the index of its shards: the first that exists, with the files it names;
 *     empty for no weights
 */
public record HubFiles(List<String> required, List<String> optional, List<String> weights) {
    /** Copies the lists. */
    public HubFiles {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
        weights = List.copyOf(weights);
    }
}
