package io.github.ftmaven.plugin.build;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The user's directory, which some users do not have: in a container that runs under any number, Java calls it {@code ?}.
 * What would be kept there is kept beside what it belongs to, never in a directory of that name.
 */
public final class UserHome {
    private static final String CACHE = ".m2/ft-cache";

    private UserHome() {}

    /**
     * Where results and libraries are kept: {@code .cache/ft} of the local repository for a user without a directory.
     *
     * @param declared {@code ft.cacheDirectory}
     * @param localRepository of Maven
     */
    public static File cache(File declared, Supplier<File> localRepository) {
        return cache(declared, localRepository, System.getProperty("user.home"));
    }

    public static File cache(File declared, Supplier<File> localRepository, String home) {
        return !isDirectory(home) && declared.toPath().endsWith(Path.of(home, CACHE))
                ? new File(localRepository.get(), ".cache/ft")
                : declared;
    }

    /** The user's directory, or that of the cache. */
    public static Path directory(Path cache) {
        String home = System.getProperty("user.home");
        return isDirectory(home) ? Path.of(home) : cache;
    }

    private static boolean isDirectory(String home) {
        return new File(home).isAbsolute();
    }
}
