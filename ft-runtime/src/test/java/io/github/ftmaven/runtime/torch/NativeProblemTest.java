package io.github.ftmaven.runtime.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeProblemTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /c/djl/pytorch/2.7.1/libc10.so: /c/djl/pytorch/2.7.1/libc10.so: failed to map segment from shared object | The system cannot load native libraries from /c/djl/pytorch/2.7.1: its file system is likely mounted with noexec. Point ft.cacheDirectory at a directory elsewhere; in a Java program, DJL_CACHE_DIR.
            /c/libtorch_cpu.so: /lib64/libc.so.6: version `GLIBC_2.28' not found (required by /c/libtorch_cpu.so) | The libraries of this system are too old for /c/libtorch_cpu.so: GLIBC_2.28 is missing. Use a newer release of the operating system.
            /c/libtorch_cuda.so: libcuda.so.1: cannot open shared object file: No such file or directory | The library libcuda.so.1 is missing on this system. It belongs to NVIDIA's driver. Install the driver, or use -Dft.device=cpu.
            /c/libdjl_torch.so: libgomp.so.1: cannot open shared object file: No such file or directory | The library libgomp.so.1 is missing on this system. Install the operating system's package that contains it.
            /c/libc10.so: Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /c/libc10.so) | The library ld-linux-x86-64.so.2 is missing on this system. It belongs to glibc; libtorch does not run on other C libraries, such as Alpine's.
            """)
    void saysWhyALibraryIsNotLoaded(String message, String sentence) {
        assertThat(NativeProblem.of(new IllegalStateException("engine", new UnsatisfiedLinkError(message))))
                .contains(sentence);
    }

    @Test
    void saysNothingOfOthers() {
        assertThat(NativeProblem.of(new IllegalStateException("a shape does not fit")))
                .isEmpty();
    }
}
