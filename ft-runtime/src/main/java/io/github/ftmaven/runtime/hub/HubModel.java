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
public record HubModel(String id, String revision) {
    /** The prefix of a declaration. */
    public static final String PREFIX = "hf:";

    private static final String PART = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?";

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
        if (!model.isPinned() && !allowFloatingRevision) {
            throw new InvalidInputException(declared + ": "
                    + (matcher.group(2) == null ? "has no revision" : "the revision " + model.revision() + " can move")
                    + ", so the same spec could train on another model tomorrow. Write the commit (40 hexadecimal digits,"
                    + " shown on the model's page under Files), or allow it: -Dft.allowFloatingRevision.");
        }
        return model;
    }

    /** Whether the revision is a commit, whose content never changes. */
    public boolean isPinned() {
        return isCommit(revision);
    }

    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    /** The model as declared. */
    @Override
    public String toString() {
        return PREFIX + id + "@" + revision;
    }
}
