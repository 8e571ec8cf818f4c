package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class JavaExecutableTest {
    private final ToolchainManager toolchains = mock(ToolchainManager.class);
    private final MavenSession session = mock(MavenSession.class);
    private final JavaExecutable executable = new JavaExecutable(toolchains);

    @TempDir
    Path directory;

    @Test
    void isMavensOwnWithoutAToolchain() {
        assertThat(executable.find(null, session)).isEqualTo(Launches.java());
    }

    @Test
    void isThatOfTheToolchain() throws IOException {
        Path java = jdk("21.0.2");
        select(java);
        assertThat(executable.find(null, session)).isEqualTo(java);
    }

    @Test
    void aToolchainThatIsTooOldIsNamed() throws IOException {
        for (String version : new String[] {"1.8.0_402", "11.0.22"}) {
            Path java = jdk(version);
            select(java);
            assertThatThrownBy(() -> executable.find(null, session))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The JDK toolchain that this build selects has Java " + version + " (" + java
                            + "), but the worker needs Java 17 or later. Point ft.jvm at the java executable of such a"
                            + " JDK.");
        }
    }

    @Test
    void oneThatIsNamedStandsBeforeTheToolchain() throws IOException {
        select(jdk("1.8.0_402"));
        Path named = jdk("17.0.10");
        assertThat(executable.find(named.toString(), session)).isEqualTo(named);
    }

    @Test
    void oneThatIsNamedAndTooOld() throws IOException {
        Path java = jdk("11.0.22");
        assertThatThrownBy(() -> executable.find(java.toString(), session))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "ft.jvm has Java 11.0.22 (" + java + "), but the worker needs Java 17 or later. Point ft.jvm"
                                + " at the java executable of such a JDK.");
    }

    @Test
    void oneThatIsNotThere() {
        Path java = directory.resolve("none/bin/java");
        assertThatThrownBy(() -> executable.find(java.toString(), session))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.jvm is " + java + ", but there is no such file. Point it at a java executable.");
    }

    @Test
    void oneThatIsTheDirectoryOfAJdk() throws IOException {
        Path home = jdk("17.0.10").resolve("../..").normalize();
        assertThatThrownBy(() -> executable.find(home.toString(), session))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.jvm is " + home + ", which is a directory. Write " + home.resolve("bin/java") + ".");
    }

    private void select(Path java) {
        Toolchain jdk = mock(Toolchain.class);
        when(jdk.findTool("java")).thenReturn(java.toString());
        when(toolchains.getToolchainFromBuildContext(eq("jdk"), any())).thenReturn(jdk);
    }

    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.deleteIfExists(java);
        return Files.createFile(
                java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
