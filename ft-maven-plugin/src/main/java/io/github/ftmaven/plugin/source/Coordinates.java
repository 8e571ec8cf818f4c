package io.github.ftmaven.plugin.source;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]*)}");
    private static final String SNAPSHOT = "SNAPSHOT";

    /** The properties of a build. */
    public interface Properties {
        /** The value of one, if it has one. */
        Optional<String> value(String name);

        /** Those that there are, for suggestions. */
        Collection<String> names();
    }

    /**
     * What a declaration stands for: in coordinates, {@code ${NAME}} is a property of the build. Nothing else is changed.
     *
     * @param properties asked only if they are named
     * @throws InvalidInputException if no property is called so
     */
    public static String resolve(String declared, Supplier<Properties> properties) {
        return declared.startsWith(PREFIX)
                ? REFERENCE
                        .matcher(declared)
                        .replaceAll(reference ->
                                Matcher.quoteReplacement(value(declared, reference.group(1), properties.get())))
                : declared;
    }

    private static String value(String declared, String name, Properties properties) {
        return properties
                .value(name)
                .orElseThrow(() -> new InvalidInputException(declared + ": there is no property " + name
                        + ". Define it under properties in the POM, or give it as -D" + name + "=…."
                        + Suggestion.didYouMean(name, List.copyOf(properties.names()))));
    }

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

    /**
     * Refuses a snapshot in a release. One with a timestamp stays what it is.
     *
     * @param release the version that is to be released; null where any may be used
     * @throws InvalidInputException if another artifact can have these coordinates tomorrow
     */
    public void requirePinned(String key, @Nullable String release) {
        if (release != null && isSnapshot(version)) {
            throw new InvalidInputException(key + ": " + PREFIX + groupId + ":" + artifactId + ":" + version
                    + ": a snapshot can move, and this build is of the release " + release
                    + ", so the same release could be another one tomorrow. Name a released version, or allow it:"
                    + " -Dft.allowFloatingRevision.");
        }
    }

    /** Whether a version is one that is not released yet. */
    public static boolean isSnapshot(String version) {
        return version.toUpperCase(Locale.ROOT).endsWith(SNAPSHOT);
    }
}
