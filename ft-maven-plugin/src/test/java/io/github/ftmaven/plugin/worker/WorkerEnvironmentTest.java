package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {
    private static final Map<String, String> WITH_LIBRARY = Map.of("PYTORCH_LIBRARY_PATH", "/opt/libtorch/lib");

    @Test
    void hidesTheCudaLibraryFromAWorkerOnTheCpu() {
        Map<String, String> inherited = new HashMap<>(WITH_LIBRARY);
        inherited.put("PATH", "/bin");
        cpu(Map.of("A", "b", "DJL_CACHE_DIR", "cache")).apply(inherited);

        assertThat(inherited)
                .doesNotContainKey("PYTORCH_LIBRARY_PATH")
                .containsEntry("PATH", "/bin")
                .containsEntry("A", "b")
                .containsEntry("DJL_CACHE_DIR", "cache");
    }

    @Test
    void tunesTheAllocatorUnlessTheUserDoes() {
        Map<String, String> inherited = new HashMap<>(Map.of("GLIBC_TUNABLES", "inherited"));
        cpu(Map.of("MALLOC_TRIM_THRESHOLD_", "own")).apply(inherited);

        assertThat(inherited)
                .containsEntry("GLIBC_TUNABLES", "inherited")
                .containsEntry("MALLOC_TRIM_THRESHOLD_", "own")
                .containsEntry("MALLOC_MMAP_THRESHOLD_", "33554432");
    }

    @Test
    void boundsHowLongThreadsWaitAwakeUnlessTheUserDoes() {
        Map<String, String> plain = new HashMap<>();
        cpu(Map.of()).apply(plain);
        assertThat(plain).containsEntry("GOMP_SPINCOUNT", "10000");

        Map<String, String> inherited = new HashMap<>(Map.of("OMP_WAIT_POLICY", "active"));
        cpu(Map.of()).apply(inherited);
        assertThat(inherited).doesNotContainKey("GOMP_SPINCOUNT");

        Map<String, String> own = new HashMap<>(Map.of("GOMP_SPINCOUNT", "1"));
        cpu(Map.of("OMP_WAIT_POLICY", "passive")).apply(own);
        assertThat(own).containsEntry("GOMP_SPINCOUNT", "1");
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
        cpu(Map.of("MKL_CBWR", "AVX2")).apply(inherited);

        assertThat(inherited)
                .containsEntry("OMP_DYNAMIC", "false")
                .containsEntry("MKL_CBWR", "AVX2")
                .containsEntry("OMP_PROC_BIND", "true")
                .doesNotContainKeys("OMP_THREAD_LIMIT", "DNNL_DEFAULT_FPMATH_MODE", "ATEN_CPU_CAPABILITY");
    }

    private static WorkerEnvironment cpu(Map<String, String> variables) {
        return new WorkerEnvironment("cpu", variables, null);
    }
}
