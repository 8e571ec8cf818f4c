package io.github.ftmaven.plugin.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {
    @TempDir
    Path directory;

    @Test
    void acceptsPyTorchsArchive() throws IOException {
        Path libraries = libraries("libtorch/lib");
        Files.writeString(directory.resolve("libtorch/build-version"), "2.7.1+cu128\n");
        for (String given : new String[] {"libtorch", "libtorch/lib"}) {
            assertThat(at(given).libraries()).isEqualTo(libraries);
            assertThat(at(given).version()).isEqualTo("2.7.1+cu128");
            assertThat(at(given).kernels().from()).isEqualTo(75);
        }
    }

    @Test
    void acceptsAPythonInstallation() throws IOException {
        Path packages = directory.resolve("venv/lib/python3.12/site-packages");
        Path libraries = libraries("venv/lib/python3.12/site-packages/torch/lib");
        Files.writeString(
                packages.resolve("torch/version.py"), "__all__ = []\n__version__ = '2.7.1+cu128'\ndebug = False\n");
        Path cublas = Files.createDirectories(packages.resolve("nvidia/cublas/lib"));
        Path cudnn = Files.createDirectories(packages.resolve("nvidia/cudnn/lib"));
        Files.createDirectories(packages.resolve("nvidia/other"));
        String root = "venv/lib/python3.12/site-packages";
        for (String given : new String[] {"venv", root, root + "/torch", root + "/torch/lib"}) {
            assertThat(at(given).libraries()).isEqualTo(libraries);
            assertThat(at(given).search()).containsExactly(libraries, cublas, cudnn);
            assertThat(at(given).version()).isEqualTo("2.7.1+cu128");
        }
    }

    @Test
    void aBareDirectoryDoesNotSayItsVersion() throws IOException {
        libraries("bare");
        assertThat(at("bare").version()).isEmpty();
        assertThat(at("bare").kernels().from()).isZero();
    }

    @Test
    void otherVersionsCrash() throws IOException {
        libraries("libtorch/lib");
        Files.writeString(directory.resolve("libtorch/build-version"), "2.11.0+cu130\n");
        assertThatThrownBy(() -> at("libtorch"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("PYTORCH_LIBRARY_PATH is " + directory.resolve("libtorch")
                        + ", which contains libtorch 2.11.0+cu130, but only version 2.7.1 works. Install torch==2.7.1,"
                        + " or set ft.cuda to maven.");
        Files.writeString(directory.resolve("libtorch/build-version"), "2.7.10");
        assertThatThrownBy(() -> at("libtorch")).hasMessageContaining("libtorch 2.7.10,");
    }

    @Test
    void otherDirectoriesAreRefused() throws IOException {
        assertThatThrownBy(() -> at("nowhere"))
                .hasMessage(
                        "PYTORCH_LIBRARY_PATH is " + directory.resolve("nowhere")
                                + ", which contains no libtorch. Set it to the lib directory of a libtorch 2.7.1 for CUDA 12.8.");
        Files.delete(libraries("cpu").resolve("libtorch_cuda.so"));
        assertThatThrownBy(() -> at("cpu")).hasMessageContaining(", which contains a libtorch for CPUs. ");
    }

    private Libtorch at(String given) {
        return Libtorch.at(directory.resolve(given).toString(), "2.7.1");
    }

    private Path libraries(String name) throws IOException {
        Path libraries = Files.createDirectories(directory.resolve(name));
        Files.createFile(libraries.resolve("libtorch.so"));
        Files.createFile(libraries.resolve("libtorch_cuda.so"));
        return libraries;
    }
}
