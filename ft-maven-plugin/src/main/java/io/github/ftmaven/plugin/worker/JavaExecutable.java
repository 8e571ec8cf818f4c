package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/** Selects the Java that runs a worker. */
public final class JavaExecutable {
    private static final int OLDEST = 17;
    private static final Pattern RELEASE = Pattern.compile("(?m)^JAVA_VERSION=\"((?:1\\.)?(\\d+)[^\"]*)\"");

    private final ToolchainManager toolchains;

    /** Creates it for Maven. */
    @Inject
    public JavaExecutable(ToolchainManager toolchains) {
        this.toolchains = toolchains;
    }

    /**
     * The given executable, otherwise the build's JDK toolchain, otherwise the Java that runs Maven.
     *
     * @throws InvalidInputException if the given one does not exist, or the Java is too old
     */
    public Path find(@Nullable String named, MavenSession session) {
        if (named != null) {
            Path java = named(named);
            requireRecent(java, "ft.jvm");
            return java;
        }
        Toolchain jdk = toolchains.getToolchainFromBuildContext("jdk", session);
        String tool = jdk == null ? null : jdk.findTool("java");
        if (tool == null) {
            return Path.of(System.getProperty("java.home"), "bin", "java");
        }
        Path java = Path.of(tool);
        requireRecent(java, "The JDK toolchain that this build selects");
        return java;
    }

    private static Path named(String named) {
        Path java;
        try {
            java = Path.of(named);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("ft.jvm is " + named + ", which is not a path.", e);
        }
        // The system finds a relative path; it searches a bare name in PATH.
        if (java.isAbsolute() && Files.isDirectory(java)) {
            throw new InvalidInputException("ft.jvm is " + java + ", which is a directory. Write "
                    + java.resolve("bin").resolve("java") + ".");
        }
        if (java.isAbsolute() && !Files.exists(java) && !Files.exists(Path.of(named + ".exe"))) {
            throw new InvalidInputException(
                    "ft.jvm is " + java + ", but there is no such file. Point it at a java executable.");
        }
        return java;
    }

    private static void requireRecent(Path java, String whose) {
        Optional<Matcher> version = version(java);
        if (version.isPresent() && Integer.parseInt(version.get().group(2)) < OLDEST) {
            throw new InvalidInputException(whose + " has Java " + version.get().group(1) + " (" + java
                    + "), but the worker needs Java " + OLDEST
                    + " or later. Point ft.jvm at the java executable of such a JDK.");
        }
    }

    /**
     * The version in a JDK's release file, without starting Java. If it is missing, the process reports its version
     * itself.
     */
    private static Optional<Matcher> version(Path java) {
        try {
            Path home = java.toRealPath().resolve("../..").normalize();
            for (Path release :
                    new Path[] {home.resolve("release"), home.resolve("../release")}) { // Java 8 has jre/bin
                if (Files.isRegularFile(release)) {
                    Matcher version = RELEASE.matcher(Files.readString(release));
                    return version.find() ? Optional.of(version) : Optional.empty();
                }
            }
        } catch (IOException e) {
            // Starting the process will report the problem.
        }
        return Optional.empty();
    }
}
