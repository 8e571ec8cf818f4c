package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model repository on a hub, at a revision.
 *
 * @param id {@code ORG/NAME}
 * @param revision a commit's 40 hexadecimal digits, or a branch or tag
 */
public record HubModel(String id, String revision) implements HubRepository {
    /** The prefix of a declaration. */
    public static final String PREFIX = "hf:";

    static final String PART = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?";

    private static final Pattern DECLARATION =
            Pattern.compile(PREFIX + "(" + PART + "/" + PART + ")(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,249}))?");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /**
     * Reads {@code hf:ORG/NAME@REVISION}; the default revision is {@code main}.
     *
     * @param allowFloatingRevision whether to accept a revision whose content can change
     * @throws InvalidInputException if the declaration is malformed, or floats without permission
     */
    public static HubModel parse(String declared, boolean allowFloatingRevision) {
        Matcher matcher = DECLARATION.matcher(declared);
        if (!matcher.matches() || declared.contains("..") || declared.contains("--")) {
            throw new InvalidInputException(declared
                    + ": not a hub model. Write hf:ORGANIZATION/NAME@REVISION, with a commit as the revision.");
        }
        HubModel model = new HubModel(matcher.group(1), matcher.group(2) == null ? "main" : matcher.group(2));
        requirePinned(declared, model, matcher.group(2) != null, allowFloatingRevision);
        return model;
    }

    /** Rejects a revision that can move, unless it is allowed. */
    static void requirePinned(
            String declared, HubRepository repository, boolean hasRevision, boolean allowFloatingRevision) {
        if (!repository.isPinned() && !allowFloatingRevision) {
            throw new InvalidInputException(declared + ": "
                    + (hasRevision ? "the revision " + repository.revision() + " can move" : "has no revision")
                    + ", so the same spec could train on another " + repository.noun()
                    + " tomorrow. Write the commit (40 hexadecimal digits, shown on the " + repository.noun()
                    + "'s page under Files), or allow it: -Dft.allowFloatingRevision.");
        }
    }

    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    @Override
    public String noun() {
        return "model";
    }

    @Override
    public String path() {
        return id;
    }

    /** The model as declared. */
    @Override
    public String toString() {
        return PREFIX + id + "@" + revision;
    }
}
