package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.build.BuildPlan;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.repository.ModelArtifacts;
import io.github.ftmaven.plugin.worker.RecordingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lifecycle goes on where packaging is skipped. */
class PackageSkippedTest {
    @TempDir
    Path directory;

    private final RecordingLog log = new RecordingLog();
    private final MavenProjectHelper helper = mock(MavenProjectHelper.class);
    private PackageMojo mojo;

    @BeforeEach
    void prepare() throws IOException {
        TestProject project = new TestProject(directory);
        mojo = new PackageMojo(
                new InputFiles(new ModelArtifacts(mock(RepositorySystem.class))),
                helper,
                new BuildPlan(mock(LifecycleExecutor.class)));
        mojo.setLog(log);
        mojo.skip = true;
        mojo.project = new MavenProject();
        mojo.project.setGroupId("g");
        mojo.project.setArtifactId("p");
        mojo.project.setVersion("1.0");
        mojo.project.setFile(project.file("pom.xml").toFile());
        mojo.project.setPackaging("lora-adapter");
        mojo.project.getBuild().setDirectory(project.file("target").toString());
        mojo.project.getBuild().setFinalName("p-1.0");
        mojo.project.setArtifact(new DefaultArtifact(
                "g", "p", "1.0", "compile", "lora-adapter", null, new DefaultArtifactHandler("lora-adapter")));
        mojo.spec = project.file("none.yaml").toFile();
        mojo.outputDirectory = project.file("target/ft").toFile();
        mojo.cacheDirectory = project.file("cache").toFile();
    }

    @Test
    void whatAnEarlierBuildPackagedIsTheArtifact() throws Exception {
        Path jar = jar("p-1.0.jar");
        mojo.execute();
        assertThat(mojo.project.getArtifact().getFile()).isEqualTo(jar.toFile());
        assertThat(log.lines())
                .containsExactly(
                        "INFO ft:package is skipped: ft.skip is true.",
                        "INFO The project's artifact is target/p-1.0.jar as an earlier build packaged it, without a"
                                + " seal.");
        assertThat(mojo.project.getProperties()).isEmpty();
    }

    @Test
    void withoutOneNothingIsInstalled() throws Exception {
        mojo.execute();
        assertThat(mojo.project.getArtifact().getFile()).isNull();
        assertThat(log.lines())
                .containsExactly(
                        "INFO ft:package is skipped: ft.skip is true.",
                        "WARN There is no target/p-1.0.jar of an earlier build, so this module is neither installed"
                                + " nor deployed. Other modules can get its adapter only from a repository. Build it"
                                + " once without skipping ft:package.");
        assertThat(mojo.project.getProperties())
                .containsEntry("maven.install.skip", "true")
                .containsEntry("maven.deploy.skip", "true");
    }

    @Test
    void underAnotherPackagingItIsAttached() throws Exception {
        mojo.project.setPackaging("jar");
        mojo.execute();
        verifyNoInteractions(helper);
        assertThat(mojo.project.getProperties()).isEmpty();
        Path jar = jar("p-1.0-lora.jar");
        mojo.execute();
        verify(helper).attachArtifact(mojo.project, "jar", "lora", jar.toFile());
        assertThat(log.lines())
                .endsWith("INFO The artifact g:p:1.0:jar:lora is target/p-1.0-lora.jar as an earlier build packaged it,"
                        + " without a seal.");
    }

    @Test
    void theClassifierOfTheOwnArtifactIsRefused() {
        mojo.skip = false;
        mojo.spec = directory.resolve("src/main/ft/fine-tune.yaml").toFile();
        mojo.classifier = "other";
        MojoDescriptor descriptor = new MojoDescriptor();
        mojo.mojoExecution = new MojoExecution(new Plugin(), "package", "default-package");
        mojo.mojoExecution.setMojoDescriptor(descriptor);
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("ft.classifier is other, but this adapter is the project's main artifact, which has no"
                        + " classifier. Set <classifier> in another <execution> of this plugin.");
        mojo.classifier = "evaluation";
        mojo.mojoExecution = null;
        assertThatThrownBy(mojo::execute)
                .hasMessage("ft.classifier is evaluation, which is a reserved name in the jar. Choose another one.");
    }

    private Path jar(String name) throws IOException {
        Path jar = directory.resolve("target").resolve(name);
        AdapterJar.of("g:p")
                .add("README.md", "# Card".getBytes(StandardCharsets.UTF_8))
                .write(jar, Instant.parse("2026-01-31T12:00:00Z"));
        return jar;
    }
}
