package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of a dataset on a hub.
 *
 * @param pattern a path from the repository's root, or a glob
 */
public record HubDataFiles(HubDataset dataset, String pattern) {
    private static final Pattern DECLARATION = Pattern.compile(HubDataset.PREFIX + "(" + HubModel.PART + "/"
            + HubModel.PART + ")(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,249}))?:(.+)");

    private static final Pattern SEGMENT = Pattern.compile("[^/\\\\\\p{Cntrl}]+");

    /**
     * Reads {@code hf:datasets/ORG/NAME@REVISION:FILE}; the default revision is {@code main}.
     *
     * @param allowFloatingRevision whether to accept a revision whose content can change
     * @throws InvalidInputException if the declaration is malformed, or floats without permission
     */
    public static HubDataFiles parse(String declared, boolean allowFloatingRevision) {
        Matcher matcher = DECLARATION.matcher(declared);
        if (!matcher.matches() || declared.contains("--") || declared.contains("..") || !isPath(matcher.group(3))) {
            throw new InvalidInputException(declared
                    + ": not a file of a dataset on a hub. Write hf:datasets/ORGANIZATION/NAME@REVISION:FILE, with a"
                    + " commit as the revision, such as hf:datasets/acme/clauses@…:data/train-*.parquet.");
        }
        HubDataset dataset = new HubDataset(matcher.group(1), matcher.group(2) == null ? "main" : matcher.group(2));
        HubModel.requirePinned(declared, dataset, matcher.group(2) != null, allowFloatingRevision);
        return new HubDataFiles(dataset, matcher.group(3));
    }

    /** Whether a file of a repository has a name that stays within it. */
    public static boolean isPath(String file) {
        return !file.contains("..")
                && Arrays.stream(file.split("/", -1))
                        .allMatch(part -> SEGMENT.matcher(part).matches() && !part.equals("."));
    }

    /** Whether the pattern may match several files. */
    public boolean isGlob() {
        return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** The name of one of the files, at a revision. */
    public String name(String revision, String file) {
        return HubDataset.PREFIX + dataset.id() + "@" + revision + ":" + file;
    }
}
