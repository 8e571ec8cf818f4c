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

/** Which Java runs a worker. */
public final class JavaExecutable {
    private static final int OLDEST = 17;
    private static final Pattern RELEASE = Pattern.compile("(?m)^JAVA_VERSION=\"((?:1\\.)?(\\d+)[^\"]*)\"");

    private final ToolchainManager toolchains;

    /** For Maven to inject. */
    @Inject
    public JavaExecutable(ToolchainManager toolchains) {
        this.toolchains = toolchains;
    }

    /**
     * The one named, else that of the build's JDK toolchain, else the one Maven runs on.
     *
     * @throws InvalidInputException if the one named is not there, or either is of a Java that is too old
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
            throw new InvalidInputException("ft.jvm is " + named + ", which is no path.", e);
        }
        // A relative one is looked for by the system: a name alone in PATH.
        if (java.isAbsolute() && Files.isDirectory(java)) {
            throw new InvalidInputException("ft.jvm is " + java + ", a directory. Write "
                    + java.resolve("bin").resolve("java") + ".");
        }
        if (java.isAbsolute() && !Files.exists(java) && !Files.exists(Path.of(named + ".exe"))) {
            throw new InvalidInputException(
                    "ft.jvm is " + java + ", and there is no such file. It names a java executable.");
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

    /** The version that a JDK says it has, without starting it; of one that says nothing, its own words must tell. */
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
            // Whatever is wrong with it, the start of the process will say.
        }
        return Optional.empty();
    }
}
