package io.github.ftmaven.runtime.hub;

/** A repository on a hub, at a revision. Its text is how a spec names it. */
public sealed interface HubRepository permits HubModel, HubDataset {
    /** {@code ORG/NAME}. */
    String id();

    /** A commit's 40 hexadecimal digits, or a branch or tag. */
    String revision();

    /** What it holds: {@code model} or {@code dataset}. */
    String noun();

    /** Where it is below the hub's address. */
    String path();

    /** Whether the revision is a commit, whose content never changes. */
    default boolean isPinned() {
        return HubModel.isCommit(revision());
    }

    /** Its folder in the cache of the official client. */
    default String folder() {
        return noun() + "s--" + id().replace("/", "--");
    }
}
