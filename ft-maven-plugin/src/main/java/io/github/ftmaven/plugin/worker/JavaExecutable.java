package io.github.ftmaven.plugin.worker;

import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/** Which Java runs a worker. */
public final class JavaExecutable {
    private final ToolchainManager toolchains;

    /** For Maven to inject. */
    @Inject
    public JavaExecutable(ToolchainManager toolchains) {
        this.toolchains = toolchains;
    }

    /** The one named, else that of the build's JDK toolchain, else the one Maven runs on. */
    public Path find(@Nullable String named, MavenSession session) {
        if (named != null) {
            return Path.of(named);
        }
        Toolchain jdk = toolchains.getToolchainFromBuildContext("jdk", session);
        String tool = jdk == null ? null : jdk.findTool("java");
        return tool == null ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(tool);
    }
}
