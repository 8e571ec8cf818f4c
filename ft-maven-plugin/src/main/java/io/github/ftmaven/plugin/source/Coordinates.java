package io.github.ftmaven.plugin.source;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An artifact of a Maven repository.
 *
 * @param type its extension: {@code jar} or {@code zip}
 * @param classifier empty for the main artifact
 */
public record Coordinates(String groupId, String artifactId, String version, String type, String classifier) {
    /** What a declaration begins with. */
    public static final String PREFIX = "mvn:";

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.+-]+");
    private static final Set<String> FLOATING = Set.of("LATEST", "RELEASE");

    /** As a spec declares it. */
    public String declared() {
        return PREFIX + groupId + ":" + artifactId + ":" + version
                + (classifier.isEmpty() ? (type.equals("jar") ? "" : ":" + type) : ":" + type + ":" + classifier);
    }

    /**
     * Reads {@code mvn:G:A:V[:TYPE[:CLASSIFIER]]}; without a type it is {@code jar}.
     *
     * @throws InvalidInputException if it is written otherwise
     */
    public static Coordinates parse(String key, String declared) {
        List<String> parts = List.of(declared.substring(PREFIX.length()).split(":", -1));
        if (parts.size() < 3
                || parts.size() > 5
                || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
            throw new InvalidInputException(key + ": " + declared
                    + ": not an artifact. Write mvn:GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]], with one version.");
        }
        if (FLOATING.contains(parts.get(2).toUpperCase(Locale.ROOT))) {
            throw new InvalidInputException(
                    key + ": " + declared + ": the version " + parts.get(2) + " can move. Write a version.");
        }
        String type = parts.size() > 3 ? parts.get(3) : "jar";
        if (!Set.of("jar", "zip").contains(type)) {
            throw new InvalidInputException(
                    key + ": " + declared + ": the type " + type + " is not read. Supported are jar and zip.");
        }
        return new Coordinates(parts.get(0), parts.get(1), parts.get(2), type, parts.size() > 4 ? parts.get(4) : "");
    }
}
