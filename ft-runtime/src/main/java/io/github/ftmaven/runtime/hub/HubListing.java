package io.github.ftmaven.runtime.hub;

import java.util.List;

/**
 * The files of a repository at a commit.
 *
 * @param files their paths from the repository's root
 */
public record HubListing(String commit, List<String> files) {
    /** Copies {@code files}. */
    public HubListing {
        files = List.copyOf(files);
    }
}
