package io.github.ftmaven.runtime.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.github.ftmaven.runtime.NewJvm;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processor that MKL's vector functions look up when the first of them is called, and that two threads must not look
 * up at once. No test could time their meeting, so this one reads in a new process whether the number is there.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class VectorFunctionsTest {
    @TempDir
    Path directory;

    @Test
    void knowTheProcessorBeforeTheyAreCalledFromSeveralThreads() throws Exception {
        assertThat(NewJvm.run(directory, Duration.ofMinutes(1), NewProcess.class))
                .matches("processor [0-9]+");
    }

    /** Loads libtorch and computes nothing. */
    static final class NewProcess {
        private NewProcess() {}

        @SuppressForbidden("the test reads standard output")
        public static void main(String[] arguments) throws Exception {
            Torch.load("cpu", 2);
            System.out.println("processor " + processor());
        }

        /** -1 before it was looked up. */
        private static int processor() throws Exception {
            Pointer code = NativeLibrary.getInstance(library()).getFunction("mkl_vml_serv_cpu_detect");
            // mov eax, [rip + distance]: the function begins by reading the number.
            if (code.getByte(0) != (byte) 0x8B || code.getByte(1) != 0x05) {
                throw new IllegalStateException("another MKL, which begins in another way");
            }
            return code.getInt(6L + code.getInt(2));
        }

        private static String library() throws Exception {
            try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"), StandardCharsets.UTF_8)) {
                List<String> found = mapped.filter(line -> line.endsWith("/libtorch_cpu.so"))
                        .map(line -> line.substring(line.indexOf('/')))
                        .distinct()
                        .toList();
                return found.get(0);
            }
        }
    }
}
