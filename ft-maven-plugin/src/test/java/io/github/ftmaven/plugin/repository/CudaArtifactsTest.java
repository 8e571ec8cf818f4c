package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.device.CudaLibraries;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.repository.ArtifactRepository;
import org.apache.maven.artifact.repository.ArtifactRepositoryPolicy;
import org.apache.maven.artifact.repository.MavenArtifactRepository;
import org.apache.maven.artifact.repository.layout.DefaultRepositoryLayout;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a repository whose jars hold small files by the names of the real ones. */
class CudaArtifactsTest {
    private static final Platform LINUX = Platform.named("linux-x86_64");

    @TempDir
    Path directory;

    private final RepositorySystem repositories = TestResolver.system();
    private final List<String> told = new ArrayList<>();
    private Path cache;

    @BeforeEach
    void deploy() throws IOException {
        cache = directory.resolve("cache");
        jar(
                "pytorch",
                "2.7.1-1.5.12",
                "linux-x86_64-gpu",
                "libtorch_cuda.so",
                "libc10.so",
                "libgomp.so.1",
                "libjnitorch.so");
        jar(
                "openblas",
                "0.3.30-1.5.12",
                "linux-x86_64",
                "libopenblas.so.0",
                "libjniopenblas.so",
                "lib/pkgconfig/openblas.pc");
        jar(
                "cuda-redist",
                "12.9-9.10-1.5.12",
                "linux-x86_64",
                "libcudart.so.12",
                "libnvrtc-builtins.so.12.9",
                "libnvjpeg.so.12");
        jar(
                "cuda",
                "12.6-9.5-1.5.11",
                "linux-x86_64-redist",
                "libcudart.so.12",
                "libcublasLt.so.12",
                "libcudnn_ops.so.9",
                "libnccl.so.2");
    }

    @Test
    void installsWhatLibtorchNeedsOnce() throws IOException {
        install(session(), LINUX);
        Path installed = CudaArtifacts.directory(cache);
        assertThat(names(installed))
                .containsExactly(
                        "libc10.so",
                        "libcublasLt.so.12",
                        "libcudart.so.12",
                        "libcudnn_ops.so.9",
                        "libgomp.so.1",
                        "libnvrtc-builtins.so.12.9",
                        "libopenblas.so.0",
                        "libraries.json",
                        "libtorch_cuda.so");
        assertThat(installed.resolve("libcudart.so.12"))
                .as("of the newer CUDA")
                .hasContent("cuda-redist libcudart.so.12");
        assertThat(told)
                .containsExactly("Getting libtorch for CUDA from Maven repositories, about 3 GB. NVIDIA's licence terms"
                        + " for CUDA and cuDNN apply.");

        DefaultRepositorySystemSession offline = TestResolver.session(repositories, directory.resolve("empty"));
        offline.setOffline(true);
        install(offline, LINUX);
        assertThat(told).as("is there already").hasSize(1);
    }

    @Test
    void repairsADamagedCopy() throws IOException {
        install(session(), LINUX);
        Path installed = CudaArtifacts.directory(cache);
        Files.delete(installed.resolve("libc10.so"));
        install(session(), LINUX);
        assertThat(installed.resolve("libc10.so")).hasContent("pytorch libc10.so");
        Files.writeString(installed.resolve("libc10.so"), "cut");
        assertThat(CudaLibraries.areIn(installed)).isFalse();
        install(session(), LINUX);
        assertThat(CudaLibraries.areIn(installed)).isTrue();
        try (Stream<Path> left = Files.list(installed.resolveSibling(""))) {
            assertThat(left).containsExactly(installed);
        }
    }

    @Test
    void saysWhatIsMissingOffline() {
        DefaultRepositorySystemSession session = session();
        session.setOffline(true);
        assertThatThrownBy(() -> install(session, LINUX))
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("ft.cuda is maven, but its libraries cannot be resolved: ")
                .hasMessageContaining("org.bytedeco:pytorch:jar:linux-x86_64-gpu:2.7.1-1.5.12")
                .hasMessageEndingWith("\nThe build is offline. Run ft:fetch -Dft.cuda=maven once with the network.");
        assertThat(CudaArtifacts.directory(cache)).doesNotExist();
    }

    @Test
    void namesADamagedJar() throws IOException {
        Path jar =
                directory.resolve("remote/org/bytedeco/openblas/0.3.30-1.5.12/openblas-0.3.30-1.5.12-linux-x86_64.jar");
        Files.writeString(jar, "<html>");
        assertThatThrownBy(() -> install(session(), LINUX))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("openblas-0.3.30-1.5.12-linux-x86_64.jar: not a jar: ")
                .hasMessageEndingWith(". Delete it and build again");
        assertThat(CudaArtifacts.directory(cache)).doesNotExist();
    }

    @Test
    void otherPlatformsHaveNone() {
        assertThatThrownBy(() -> install(session(), Platform.named("win-x86_64")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "ft.cuda is maven, but Maven repositories have a libtorch for CUDA only for linux-x86_64, not"
                                + " for win-x86_64. Set PYTORCH_LIBRARY_PATH and ft.cuda to path.");
    }

    @Test
    void isTheVersionThatDjlIsBuiltFor() {
        assertThat(CudaArtifacts.directory(cache).getFileName().toString())
                .startsWith("libtorch-" + Versions.current().libtorch() + "-");
    }

    @Test
    void theSystemsLoaderLooksThereFirst() {
        assertThat(CudaLibraries.environment(List.of(Path.of("a"), Path.of("b")), Map.of("LD_LIBRARY_PATH", "old")))
                .containsExactly(Map.entry("LD_LIBRARY_PATH", "a:b:old"));
        assertThat(CudaLibraries.environment(List.of(Path.of("a")), Map.of()))
                .containsExactly(Map.entry("LD_LIBRARY_PATH", "a"));
    }

    private void install(DefaultRepositorySystemSession session, Platform platform) throws IOException {
        MavenProject project = new MavenProject();
        ArtifactRepositoryPolicy policy = new ArtifactRepositoryPolicy();
        ArtifactRepository remote = new MavenArtifactRepository(
                "remote",
                directory.resolve("remote").toUri().toString(),
                new DefaultRepositoryLayout(),
                policy,
                policy);
        project.setPluginArtifactRepositories(List.of());
        project.setRemoteArtifactRepositories(List.of(remote));
        new CudaArtifacts(repositories).install(project, session, platform, cache, told::add);
    }

    private DefaultRepositorySystemSession session() {
        return TestResolver.session(repositories, directory.resolve("local"));
    }

    private void jar(String artifact, String version, String classifier, String... files) throws IOException {
        Path jar = directory.resolve("remote/org/bytedeco/" + artifact + "/" + version + "/" + artifact + "-" + version
                + "-" + classifier + ".jar");
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String file : files) {
                zip.putNextEntry(new ZipEntry("org/bytedeco/" + artifact + "/" + classifier + "/" + file));
                zip.write((artifact + " " + file).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
