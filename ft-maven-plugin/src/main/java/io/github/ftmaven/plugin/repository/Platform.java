package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An operating system and processor that libtorch is published for.
 *
 * @param classifier the Maven classifier of its native libraries, such as {@code linux-x86_64}
 */
public record Platform(String classifier) {
    private static final Map<String, String> PROCESSORS =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch64", "arm64", "aarch64");

    private static final List<String> CLASSIFIERS =
            List.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

    /** The platform this runs on; see {@link #of}. */
    public static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * The platform of Java's {@code os.name} and {@code os.arch}.
     *
     * @throws InvalidInputException if there is no libtorch for it
     */
    public static Platform of(String osName, String osArch) {
        String system = system(osName.toLowerCase(Locale.ROOT));
        String classifier = system + "-" + PROCESSORS.getOrDefault(osArch.toLowerCase(Locale.ROOT), osArch);
        if (!CLASSIFIERS.contains(classifier)) {
            throw new InvalidInputException("There is no libtorch for " + osName + " on " + osArch
                    + ". Run this build on Linux (x86_64, aarch64), macOS (aarch64) or Windows (x86_64).");
        }
        return new Platform(classifier);
    }

    /**
     * The platform of a classifier.
     *
     * @throws InvalidInputException if there is no libtorch for it
     */
    public static Platform named(String classifier) {
        if (!CLASSIFIERS.contains(classifier)) {
            throw new InvalidInputException("ft.platform is " + classifier + ", but must be one of "
                    + String.join(", ", CLASSIFIERS) + "." + Suggestion.didYouMean(classifier, CLASSIFIERS));
        }
        return new Platform(classifier);
    }

    private static String system(String osName) {
        if (osName.startsWith("mac")) {
            return "osx";
        }
        return osName.startsWith("windows") ? "win" : osName;
    }
}
