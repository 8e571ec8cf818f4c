package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hardware.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceChoiceTest {
    private static final Optional<Gpu> H200 = Optional.of(new Gpu("NVIDIA H200", "570.86.15", 90));
    private static final Optional<Gpu> B200 = Optional.of(new Gpu("NVIDIA B200", "570.86.15", 100));

    @TempDir
    Path directory;

    private Map<String, String> withLibrary = Map.of();

    @BeforeEach
    void install() throws IOException {
        Files.createFile(directory.resolve("libtorch.so"));
        Files.createFile(directory.resolve("libtorch_cuda.so"));
        withLibrary = Map.of("PYTORCH_LIBRARY_PATH", directory.toString());
    }

    @Test
    void autoIsCudaWhereItsLibraryIsNamed() {
        assertThat(environment("auto", "path", Map.of(), Map.of(), H200).device())
                .isEqualTo("cpu");
        assertThat(environment("auto", "path", Map.of(), withLibrary, H200).device())
                .isEqualTo("cuda");
        assertThat(environment("auto", "path", withLibrary, Map.of(), H200).device())
                .isEqualTo("cuda");
        assertThat(environment("cpu", "path", Map.of(), withLibrary, H200).device())
                .isEqualTo("cpu");
    }

    @Test
    void autoIsCudaWhereAGpuIsIfMavenHasTheLibrary() {
        assertThat(environment("auto", "maven", Map.of(), Map.of(), Optional.empty())
                        .device())
                .isEqualTo("cpu");
        assertThat(environment("cpu", "maven", Map.of(), Map.of(), H200).needsArtifacts())
                .isFalse();
        WorkerEnvironment cuda = environment("auto", "maven", Map.of(), Map.of("LD_LIBRARY_PATH", "/opt/lib"), H200);
        assertThat(cuda.device()).isEqualTo("cuda");
        assertThat(cuda.needsArtifacts()).isTrue();
        assertThat(cuda.gpu()).isEqualTo("NVIDIA H200");
        assertThat(cuda.sentence())
                .contains("Computing on NVIDIA H200, driver 570.86.15, with libtorch 2.7.1 from Maven repositories.");
        String installed = Path.of("cache/cuda/libtorch-2.7.1-1.5.12-cuda-12.9")
                .toAbsolutePath()
                .toString();
        assertThat(cuda.variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PYTORCH_LIBRARY_PATH",
                        installed,
                        "LD_LIBRARY_PATH",
                        installed + ":/opt/lib",
                        "PYTORCH_FLAVOR",
                        "cu128",
                        "PYTORCH_VERSION",
                        "2.7.1",
                        "PYTORCH_CUDA_ALLOC_CONF",
                        "expandable_segments:True",
                        "CUBLAS_WORKSPACE_CONFIG",
                        ":4096:8",
                        "DJL_CACHE_DIR",
                        Path.of("cache/djl").toString()));
    }

    @Test
    void tellsDjlTheFlavorAndVersion() {
        WorkerEnvironment cuda = environment(
                "cuda",
                "path",
                Map.of("CUDA_VISIBLE_DEVICES", "1"),
                Map.of(
                        "PYTORCH_LIBRARY_PATH",
                        directory.toString(),
                        "PYTORCH_CUDA_ALLOC_CONF",
                        "max_split_size_mb:512"),
                H200);
        assertThat(cuda.variables())
                .containsEntry("PYTORCH_LIBRARY_PATH", directory.toString())
                .containsEntry("LD_LIBRARY_PATH", directory.toString())
                .containsEntry("PYTORCH_FLAVOR", "cu128")
                .containsEntry("PYTORCH_VERSION", "2.7.1")
                .containsEntry("PYTORCH_CUDA_ALLOC_CONF", "max_split_size_mb:512")
                .containsEntry("CUDA_VISIBLE_DEVICES", "1");
        assertThat(cuda.needsArtifacts()).isFalse();
        assertThat(cuda.sentence())
                .contains("Computing on NVIDIA H200, driver 570.86.15, with libtorch 2.7.1 in " + directory + ".");
    }

    @Test
    void saysWhatCudaNeeds() {
        assertThatThrownBy(() -> environment("cuda", "path", Map.of(), Map.of(), H200))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "ft.device is cuda, but PYTORCH_LIBRARY_PATH is not set. Set it to the directory of a libtorch"
                                + " 2.7.1 for CUDA 12.8, such as the lib directory of a torch==2.7.1 wheel, get one from Maven"
                                + " repositories with -Dft.cuda=maven, or use -Dft.device=cpu.");
    }

    @Test
    void saysThatThereIsNoDriver() {
        String rest =
                "but this machine has no NVIDIA driver, or its driver shows no GPU. Check what nvidia-smi prints, or"
                        + " use -Dft.device=cpu.";
        assertThatThrownBy(() -> environment("cuda", "maven", Map.of(), Map.of(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.device is cuda, " + rest);
        assertThatThrownBy(() -> environment("auto", "path", Map.of(), withLibrary, Optional.empty()))
                .hasMessage("PYTORCH_LIBRARY_PATH is set, so ft.device=auto means cuda, " + rest);
    }

    @Test
    void saysThatItHasNoKernelsForTheGpu() {
        assertThatThrownBy(() -> environment("auto", "maven", Map.of(), Map.of(), B200))
                .hasMessage("ft.device is auto, but NVIDIA B200 has compute capability 10.0. This libtorch has kernels"
                        + " for 5.0 to 9.0. Set PYTORCH_LIBRARY_PATH to the lib directory of a torch==2.7.1 wheel for CUDA"
                        + " 12.8 and ft.cuda to path, or use -Dft.device=cpu.");
        assertThat(environment("cuda", "path", Map.of(), withLibrary, B200).device())
                .as("of a libtorch that does not say what it is")
                .isEqualTo("cuda");
    }

    @Test
    void refusesOtherWords() {
        assertThatThrownBy(() -> environment("gpu", "path", Map.of(), Map.of(), H200))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.device is 'gpu'. Write auto, cpu or cuda.");
        assertThatThrownBy(() -> environment("cpu", "central", Map.of(), Map.of(), H200))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.cuda is 'central'. Write path or maven.");
    }

    private static WorkerEnvironment environment(
            String device,
            String cuda,
            Map<String, String> variables,
            Map<String, String> inherited,
            Optional<Gpu> gpu) {
        return new DeviceChoice(device, cuda, variables)
                .environment(inherited, visible -> gpu, "2.7.1", Path.of("cache"));
    }
}
