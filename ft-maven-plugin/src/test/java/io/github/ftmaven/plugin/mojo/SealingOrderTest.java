package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.artifact.Reuse;
import io.github.ftmaven.plugin.artifact.SealingOrder;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signs or publishes a jar does so after it is sealed. */
class SealingOrderTest {
    @TempDir
    Path directory;

    /** As maven-gpg-plugin attaches them. */
    @ParameterizedTest
    @CsvSource({"jar, lora", "lora-adapter,"})
    @SuppressWarnings("deprecation") // what MavenProjectHelper calls
    void aSignatureOfTheUnsealedJarIsRefused(String packaging, String classifier) throws IOException {
        MavenProject project = project(packaging);
        Path jar = jar(project);
        assertThatCode(() -> SealingOrder.requireUntouched(project, jar.resolveSibling("ft"), jar, null, this::shown))
                .doesNotThrowAnyException();

        Path signature = Files.writeString(directory.resolve("target/gpg.asc"), "-----BEGIN PGP SIGNATURE-----");
        DefaultArtifact attached = new DefaultArtifact(
                "g", "p", "1.0", null, "jar.asc", classifier, new DefaultArtifactHandler("jar.asc"));
        attached.setFile(signature.toFile());
        project.addAttachedArtifact(attached);

        assertThatThrownBy(
                        () -> SealingOrder.requireUntouched(project, jar.resolveSibling("ft"), jar, null, this::shown))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("target/gpg.asc is a signature of " + shown(jar) + ", made before ft:check seals it. Let"
                        + " maven-gpg-plugin run after ft:check: bind it to a later phase, or bind ft:evaluate and"
                        + " ft:check to the phase package. Within a phase Maven runs plugins in the order of the pom,"
                        + " inherited ones first (docs/released.md).");
    }

    /** Where ft:check is run by hand, what is newer than the jar was made of it. */
    @Test
    void whatLiesBesideCountsFromThePackagingOn() throws IOException {
        MavenProject project = project("lora-adapter");
        Path jar = jar(project);
        Path signature = Files.writeString(jar.resolveSibling("p-1.0.jar.sig"), "sig");
        assertThatThrownBy(
                        () -> SealingOrder.requireUntouched(project, jar.resolveSibling("ft"), jar, null, this::shown))
                .hasMessageStartingWith("target/p-1.0.jar.sig is a signature of target/p-1.0.jar, made before")
                .hasMessageContaining("Let maven-gpg-plugin run after ft:check");

        Reuse.of(project, jar.resolveSibling("ft"))
                .packaged(Files.getLastModifiedTime(signature).toInstant().plusSeconds(2));
        assertThatCode(() -> SealingOrder.requireUntouched(project, jar.resolveSibling("ft"), jar, null, this::shown))
                .doesNotThrowAnyException();
    }

    @Test
    void everyThingHasALineOfItsOwn() throws IOException {
        MavenProject project = project("lora-adapter");
        Path jar = jar(project);
        Files.writeString(jar.resolveSibling("p-1.0.jar.sig"), "sig");
        Files.writeString(jar.resolveSibling("sums"), Digests.sha256(jar) + "  p-1.0.jar\n");
        assertThatThrownBy(
                        () -> SealingOrder.requireUntouched(project, jar.resolveSibling("ft"), jar, null, this::shown))
                .message()
                .hasLineCount(2)
                .contains("\ntarget/sums holds a checksum of target/p-1.0.jar, made before ft:check seals it. Let the"
                        + " plugin that did this run after ft:check: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ft:package ft:evaluate ft:check maven-gpg-plugin:sign maven-install-plugin:install",
                "ft:package ft:evaluate",
                "maven-install-plugin:install ft:package ft:check",
                "maven-install-plugin:install"
            })
    void aPlanThatPublishesNothingUnsealedIsAllRight(String plan) {
        assertThat(SealingOrder.warning(plan(plan), "ft")).isEmpty();
    }

    @Test
    void publishingWithoutVerdictIsAWarning() {
        assertThat(SealingOrder.warning(
                        plan("ft:package maven-install-plugin:install maven-deploy-plugin:deploy"), "ft"))
                .isEqualTo(
                        Optional.of("Nothing in this build judges the adapter: maven-install-plugin:install takes a jar"
                                + " that is not sealed, because ft:check does not run. Run mvn verify,"
                                + " install or deploy."));
    }

    @Test
    void aVerdictAfterPublishingIsRefused() {
        assertThatThrownBy(() ->
                        SealingOrder.warning(plan("ft:package ft:evaluate maven-deploy-plugin:deploy ft:check"), "ft"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("maven-deploy-plugin:deploy runs before ft:check, so it would publish the jar before it is"
                        + " judged"
                        + " and sealed. Bind ft:check to the phase verify.");
    }

    private static List<MojoExecution> plan(String goals) {
        return Arrays.stream(goals.split(" "))
                .map(goal -> {
                    Plugin plugin = new Plugin();
                    plugin.setArtifactId(goal.substring(0, goal.indexOf(':')));
                    return new MojoExecution(plugin, goal.substring(goal.indexOf(':') + 1), "default");
                })
                .toList();
    }

    private MavenProject project(String packaging) {
        MavenProject project = new MavenProject();
        project.setGroupId("g");
        project.setArtifactId("p");
        project.setVersion("1.0");
        project.setPackaging(packaging);
        Plugin gpg = new Plugin();
        gpg.setArtifactId("maven-gpg-plugin");
        Build build = new Build();
        build.addPlugin(gpg);
        build.setDirectory(directory.resolve("target").toString());
        build.setFinalName("p-1.0");
        project.setBuild(build);
        return project;
    }

    private static Path jar(MavenProject project) throws IOException {
        Path jar = AdapterFile.of(project, null);
        String classifier = AdapterFile.classifier(project, null);
        AdapterJar.of("g:p" + (classifier.isEmpty() ? "" : ":" + classifier))
                .add("README.md", "# Card\n".getBytes(StandardCharsets.UTF_8))
                .write(jar, Instant.parse("2026-01-31T12:00:00Z"));
        return jar;
    }

    private String shown(Path path) {
        return directory.relativize(path).toString().replace('\\', '/');
    }
}
