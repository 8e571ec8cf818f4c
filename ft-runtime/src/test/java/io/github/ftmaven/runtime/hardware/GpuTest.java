package io.github.ftmaven.runtime.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuTest {
    private static final Gpu H200 = new Gpu("NVIDIA H200", "570.86.15", 90);
    private static final String TWO = """
            0, GPU-5aa3c1f0-1b2c, NVIDIA H200, 570.86.15, 9.0
            1, GPU-77d0e9b4-9f1e, NVIDIA RTX PRO 6000, 570.86.15, 12.0
            """;

    @TempDir
    Path directory;

    @Test
    void isTheFirstThatCudaShows() {
        assertThat(Gpu.parse(TWO, "0")).contains(H200);
        assertThat(Gpu.parse(TWO, "1,0")).contains(new Gpu("NVIDIA RTX PRO 6000", "570.86.15", 120));
        assertThat(Gpu.parse(TWO, " GPU-77d0")).contains(new Gpu("NVIDIA RTX PRO 6000", "570.86.15", 120));
        assertThat(Gpu.parse(TWO, "2")).isEmpty();
    }

    @Test
    void allMayBeHidden() {
        assertThat(Gpu.find(Map.of("CUDA_VISIBLE_DEVICES", ""))).isEmpty();
        assertThat(Gpu.find(Map.of("CUDA_VISIBLE_DEVICES", "-1"))).isEmpty();
        assertThat(Gpu.hidesAll("-1,0")).isTrue();
        assertThat(Gpu.hidesAll(" 1")).isFalse();
        assertThat(Gpu.hidesAll("GPU-5aa3")).isFalse();
    }

    @Test
    void driversThatSayLessAreUnderstoodToo() {
        assertThat(Gpu.parse("0, GPU-1, Tesla M40, 525.60.13, [N/A]\n", "0"))
                .contains(new Gpu("Tesla M40", "525.60.13", 0));
        assertThat(Gpu.parse("No devices were found\n", "0")).isEmpty();
        assertThat(Gpu.parse("", "0")).isEmpty();
    }

    @Test
    void theKernelsModuleAnswersWhereNoProgramDoes() throws IOException {
        assertThat(Gpu.ofKernel(directory)).isEmpty();
        Files.writeString(
                directory.resolve("version"),
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build\nGCC version: 12\n");
        assertThat(Gpu.ofKernel(directory)).contains(new Gpu("", "570.86.15", 0));
        Path gpu = Files.createDirectories(directory.resolve("gpus/0000:01:00.0"));
        Files.writeString(gpu.resolve("information"), "Model: \t\t NVIDIA H200\nIRQ:   \t\t 63\n");
        assertThat(Gpu.ofKernel(directory)).contains(new Gpu("NVIDIA H200", "570.86.15", 0));
        Files.writeString(
                directory.resolve("version"),
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12\n");
        assertThat(Gpu.ofKernel(directory)).contains(new Gpu("NVIDIA H200", "535.183.01", 0));
    }

    @Test
    void needsADriverForCuda12AndKernels() {
        Gpu.Kernels kernels = new Gpu.Kernels(50, 90, "Buy another.");
        assertThat(H200.problem(kernels)).isEmpty();
        assertThat(new Gpu("", "", 0).problem(kernels)).isEmpty();
        assertThat(new Gpu("Tesla V100", "470.82.01", 70).problem(kernels))
                .contains("the NVIDIA driver 470.82.01 is too old for CUDA 12. Install version 525 or newer, or use"
                        + " -Dft.device=cpu.");
        assertThat(new Gpu("NVIDIA B200", "570.86.15", 100).problem(kernels))
                .contains("NVIDIA B200 has compute capability 10.0. This libtorch has kernels for 5.0 to 9.0. Buy"
                        + " another.");
        assertThat(new Gpu("Tesla K80", "525.60.13", 37).problem(kernels)).isPresent();
    }

    @Test
    void isShownInWords() {
        assertThat(H200.shown()).isEqualTo("NVIDIA H200, driver 570.86.15");
        assertThat(new Gpu("", "", 0).shown()).isEqualTo("a GPU");
    }
}
