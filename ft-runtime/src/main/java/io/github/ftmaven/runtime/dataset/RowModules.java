package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The modules of this project that read formats for which ft-runtime has no library. */
public final class RowModules {
    private static final Map<String, String> BY_ENDING = Map.of(".parquet", "ft-parquet");

    private RowModules() {}

    /** The artifact that reads a file with this name; empty if ft-runtime does. */
    public static Optional<String> of(String name) {
        return BY_ENDING.entrySet().stream()
                .filter(module -> name.toLowerCase(Locale.ROOT).endsWith(module.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * What reads a file; empty if ft-runtime does.
     *
     * @param shown its name for messages
     * @throws InvalidInputException if its module is not on the class path
     */
    static Optional<RowFormat> format(Path file, String shown) {
        String name = String.valueOf(file.getFileName());
        return of(name).map(module -> ServiceLoader.load(RowFormat.class, RowModules.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(format -> name.toLowerCase(Locale.ROOT).endsWith(format.ending()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        shown + ": needs " + module + " on the class path, in the version of ft-runtime.")));
    }
}
