package io.github.ftmaven.plugin.build;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The user's home directory. Some users have none: in a container that runs under an arbitrary user ID, Java calls it
 * {@code ?}. Files for the home directory then go beside what they belong to, never into a directory of that name.
 */
public final class UserHome {
    private static final String CACHE = ".m2/ft-cache";

    private UserHome() {}

    /**
     * The cache directory. For a user without a home directory, it is {@code .cache/ft} in the local repository.
     *
     * @param declared {@code ft.cacheDirectory}
     * @param localRepository Maven's local repository
     */
    public static File cache(File declared, Supplier<File> localRepository) {
        return cache(declared, localRepository, System.getProperty("user.home"));
    }

    public static File cache(File declared, Supplier<File> localRepository, String home) {
        return !isDirectory(home) && declared.toPath().endsWith(Path.of(home, CACHE))
                ? new File(localRepository.get(), ".cache/ft")
                : declared;
    }

    /** The user's home directory, or the cache's. */
    public static Path directory(Path cache) {
        String home = System.getProperty("user.home");
        return isDirectory(home) ? Path.of(home) : cache;
    }

    private static boolean isDirectory(String home) {
        return new File(home).isAbsolute();
    }
}
