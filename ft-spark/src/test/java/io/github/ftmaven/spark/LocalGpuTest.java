package io.github.ftmaven.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalGpuTest {
    @TempDir
    Path directory;

    /** Says its number, and lives until its standard input ends. */
    static final class Holder {
        private Holder() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException {
            System.out.write(LocalGpu.of(Path.of(arguments[0]), 3).charAt(0));
            System.out.flush();
            while (System.in.read() >= 0) {
                // whoever started it still runs
            }
        }
    }

    @Test
    void eachWorkerHasOneAndTheNextGetsThatOfADeadOne() throws IOException, InterruptedException {
        List<Process> workers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                workers.add(start());
                assertThat(number(workers.get(i))).isEqualTo(i);
            }
            workers.get(1).destroyForcibly().waitFor();
            workers.add(start());
            assertThat(number(workers.get(3))).isEqualTo(1);
        } finally {
            workers.forEach(Process::destroyForcibly);
        }
    }

    private static int number(Process worker) throws IOException {
        return worker.getInputStream().read() - '0';
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
