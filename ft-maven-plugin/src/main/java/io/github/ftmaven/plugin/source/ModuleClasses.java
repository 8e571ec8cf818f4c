package io.github.ftmaven.plugin.source;

import io.github.ftmaven.plugin.Locator.Kind;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A model or an adapter in the classes directory of a module that is not packaged yet. */
final class ModuleClasses {
    private static final String CONFIG = "config.json";

    private ModuleClasses() {}

    /**
     * Finds its directory.
     *
     * @throws InvalidInputException if there is none, because the module's jar contains more than its classes
     */
    static Path find(Path classes, String key, Coordinates coordinates, Kind kind, UnaryOperator<Path> shown)
            throws IOException {
        String file = kind == Kind.ADAPTER ? PeftAdapter.CONFIG : CONFIG;
        Optional<Path> found = kind == Kind.ADAPTER ? adapter(classes, coordinates) : model(classes);
        return found.orElseThrow(() -> new InvalidInputException(key + ": " + coordinates.declared()
                + " is a module of this build that is not packaged yet, and " + shown.apply(classes) + " holds no "
                + file
                + ". Run mvn package or a later phase."));
    }

    private static Optional<Path> adapter(Path classes, Coordinates coordinates) {
        Path directory = classes.resolve(PackagedAdapter.root(coordinates.groupId() + ":" + coordinates.artifactId()));
        return coordinates.classifier().isEmpty() && Files.isRegularFile(directory.resolve(PeftAdapter.CONFIG))
                ? Optional.of(directory)
                : Optional.empty();
    }

    /** As in a jar: if there are several, the one nearest to the root. */
    private static Optional<Path> model(Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.endsWith(CONFIG))
                    .min(Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()))
                    .map(file -> file.resolveSibling(""));
        }
    }
}
