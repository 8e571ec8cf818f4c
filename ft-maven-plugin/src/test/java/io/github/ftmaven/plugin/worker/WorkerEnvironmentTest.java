package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {
    private static final Map<String, String> WITH_LIBRARY = Map.of("PYTORCH_LIBRARY_PATH", "/opt/libtorch/lib");

    @Test
    void choosesCudaWhereItsLibraryIsNamed() {
        assertThat(environment("auto", Map.of(), Map.of()).device()).isEqualTo("cpu");
        assertThat(environment("auto", Map.of(), WITH_LIBRARY).device()).isEqualTo("cuda");
        assertThat(environment("auto", WITH_LIBRARY, Map.of()).device()).isEqualTo("cuda");
        assertThat(environment("cpu", Map.of(), WITH_LIBRARY).device()).isEqualTo("cpu");
    }

    @Test
    void tellsDjlTheFlavorAndVersion() {
        assertThat(environment("cuda", Map.of("CUDA_VISIBLE_DEVICES", "1"), WITH_LIBRARY)
                        .variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PYTORCH_LIBRARY_PATH",
                        "/opt/libtorch/lib",
                        "PYTORCH_FLAVOR",
                        "cu128",
                        "PYTORCH_VERSION",
                        "2.7.1",
                        "CUDA_VISIBLE_DEVICES",
                        "1",
                        "DJL_CACHE_DIR",
                        "cache"));
    }

    @Test
    void hidesTheCudaLibraryFromAWorkerOnTheCpu() {
        Map<String, String> inherited = new HashMap<>(WITH_LIBRARY);
        inherited.put("PATH", "/bin");
        environment("cpu", Map.of("A", "b"), inherited).apply(inherited);

        assertThat(inherited)
                .doesNotContainKey("PYTORCH_LIBRARY_PATH")
                .containsEntry("PATH", "/bin")
                .containsEntry("A", "b")
                .containsEntry("DJL_CACHE_DIR", "cache");
    }

    @Test
    void tunesTheAllocatorUnlessTheUserDoes() {
        Map<String, String> inherited = new HashMap<>(Map.of("GLIBC_TUNABLES", "inherited"));
        environment("cpu", Map.of("MALLOC_TRIM_THRESHOLD_", "own"), Map.of()).apply(inherited);

        assertThat(inherited)
                .containsEntry("GLIBC_TUNABLES", "inherited")
                .containsEntry("MALLOC_TRIM_THRESHOLD_", "own")
                .containsEntry("MALLOC_MMAP_THRESHOLD_", "33554432");
    }

    @Test
    void whatChangesArithmeticComesFromTheProjectAlone() {
        Map<String, String> inherited = new HashMap<>(Map.of(
                "OMP_DYNAMIC", "true",
                "OMP_THREAD_LIMIT", "1",
                "MKL_CBWR", "COMPATIBLE",
                "DNNL_DEFAULT_FPMATH_MODE", "BF16",
                "ATEN_CPU_CAPABILITY", "default",
                "OMP_PROC_BIND", "true"));
        environment("cpu", Map.of("MKL_CBWR", "AVX2"), Map.of()).apply(inherited);

        assertThat(inherited)
                .containsEntry("OMP_DYNAMIC", "false")
                .containsEntry("MKL_CBWR", "AVX2")
                .containsEntry("OMP_PROC_BIND", "true")
                .doesNotContainKeys("OMP_THREAD_LIMIT", "DNNL_DEFAULT_FPMATH_MODE", "ATEN_CPU_CAPABILITY");
    }

    @Test
    void saysWhatCudaNeeds() {
        assertThatThrownBy(() -> environment("cuda", Map.of(), Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "ft.device is cuda, but PYTORCH_LIBRARY_PATH is not set. Set it to the directory"
                                + " of a libtorch 2.7.1 for CUDA 12.8");
    }

    @Test
    void refusesOtherDevices() {
        assertThatThrownBy(() -> environment("gpu", Map.of(), Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.device is 'gpu'. Write auto, cpu or cuda.");
    }

    private static WorkerEnvironment environment(
            String device, Map<String, String> variables, Map<String, String> inherited) {
        return WorkerEnvironment.of(device, variables, inherited, "2.7.1", Path.of("cache"));
    }
}
