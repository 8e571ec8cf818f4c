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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An artifact of a Maven repository.
 *
 * @param type its extension, such as {@code jar}
 * @param classifier empty for the main artifact
 */
public record Coordinates(String groupId, String artifactId, String version, String type, String classifier) {
    /** The prefix of a declaration. */
    public static final String PREFIX = "mvn:";

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.+-]+");
    private static final Set<String> FLOATING = Set.of("LATEST", "RELEASE");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]*)}");
    private static final String SNAPSHOT = "SNAPSHOT";

    /** The properties of a build. */
    public interface Properties {
        /** The value of a property, if it is set. */
        Optional<String> value(String name);

        /** The names of all properties, for suggestions. */
        Collection<String> names();
    }

    /**
     * Replaces {@code ${NAME}} in coordinates with the build's property. Other declarations are returned unchanged.
     *
     * @param properties the properties; read only if the declaration refers to one
     * @throws InvalidInputException if there is no such property
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
                        + ". Define it under properties in the POM, or set -D" + name + "=…."
                        + Suggestion.didYouMean(name, List.copyOf(properties.names()))));
    }

    /** The declaration as in a spec. */
    public String declared() {
        return PREFIX + groupId + ":" + artifactId + ":" + version
                + (classifier.isEmpty() ? (type.equals("jar") ? "" : ":" + type) : ":" + type + ":" + classifier);
    }

    /**
     * Parses {@code mvn:G:A:V[:TYPE[:CLASSIFIER]]}; the default type is {@code jar}.
     *
     * @throws InvalidInputException if the text has another form
     */
    public static Coordinates parse(String key, String declared) {
        return parse(key, declared, Set.of("jar", "zip"));
    }

    /** The same for other types of artifact. */
    static Coordinates parse(String key, String declared, Set<String> types) {
        List<String> parts = List.of(declared.substring(PREFIX.length()).split(":", -1));
        if (parts.size() < 3
                || parts.size() > 5
                || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
            throw new InvalidInputException(key + ": " + declared
                    + ": not an artifact. Write mvn:GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]], with one version.");
        }
        if (FLOATING.contains(parts.get(2).toUpperCase(Locale.ROOT))) {
            throw new InvalidInputException(
                    key + ": " + declared + ": the version " + parts.get(2) + " can change. Write a fixed version.");
        }
        String type = parts.size() > 3 ? parts.get(3) : "jar";
        if (!types.contains(type)) {
            throw new InvalidInputException(key + ": " + declared + ": the type " + type + " is not supported. Use "
                    + types.stream().sorted().collect(Collectors.joining(", ")).replaceFirst(", ([^,]*)$", " or $1")
                    + ".");
        }
        return new Coordinates(parts.get(0), parts.get(1), parts.get(2), type, parts.size() > 4 ? parts.get(4) : "");
    }

    /**
     * Rejects a snapshot in a release. A snapshot with a timestamp is allowed, because it cannot change.
     *
     * @param release the version being released; null if every version is allowed
     * @throws InvalidInputException if the artifact with these coordinates can change
     */
    public void requirePinned(String key, @Nullable String release) {
        if (release != null && isSnapshot(version)) {
            throw new InvalidInputException(key + ": " + PREFIX + groupId + ":" + artifactId + ":" + version
                    + ": a snapshot can change, and this build makes the release " + release + ", so building it"
                    + " again could give another result. Declare a released version, or allow snapshots with"
                    + " -Dft.allowFloatingRevision.");
        }
    }

    /** Whether a version is a snapshot. */
    public static boolean isSnapshot(String version) {
        return version.toUpperCase(Locale.ROOT).endsWith(SNAPSHOT);
    }
}
