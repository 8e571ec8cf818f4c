package io.github.ftmaven.runtime.hub;

/**
 * A dataset repository on a hub, at a revision.
 *
 * @param id {@code ORG/NAME}
 * @param revision a commit's 40 hexadecimal digits, or a branch or tag
 */
public record HubDataset(String id, String revision) implements HubRepository {
    /** The prefix of a declaration. */
    public static final String PREFIX = HubModel.PREFIX + "datasets/";

    @Override
    public String noun() {
        return "dataset";
    }

    @Override
    public String path() {
        return "datasets/" + id;
    }

    /** The dataset as declared, without its files. */
    @Override
    public String toString() {
        return PREFIX + id + "@" + revision;
    }
}
