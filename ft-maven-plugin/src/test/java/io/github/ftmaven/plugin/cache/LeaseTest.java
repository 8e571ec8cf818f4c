package io.github.ftmaven.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.files.Directories;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    @TempDir
    Path directory;

    @Test
    void oneAtATimeInThisProcess() throws Exception {
        Path file = directory.resolve("leases/a");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(threads.submit(() -> {
                    Lease lease = Lease.await(file, holder -> {});
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.sleep(5);
                    inside.decrementAndGet();
                    lease.close();
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void namesItsHolderOnlyByTheNumberOfAProcess() throws Exception {
        Path file = directory.resolve("a");
        Files.writeString(file, "4711");
        assertThat(Lease.holder(file)).isEqualTo("process 4711");
        Files.write(file, new byte[] {(byte) 0xe9});
        assertThat(Lease.holder(file)).isEqualTo("another process");
        Files.writeString(file, "1\u001b[2J\n[ERROR] x");
        assertThat(Lease.holder(file)).isEqualTo("another process");
    }

    @Test
    void twoLeasesDoNotHinderEachOther() throws Exception {
        Lease a = Lease.await(directory.resolve("a"), holder -> {});
        Lease b = Lease.await(directory.resolve("b"), holder -> {});
        assertThat(Lease.tryTake(directory.resolve("a"))).isEmpty();
        a.close();
        b.close();
    }

    @Test
    void isGivenBackEvenIfItsDirectoryIsGone() throws Exception {
        Path file = directory.resolve("leases/a");
        Lease lease = Lease.await(file, holder -> {});
        Directories.delete(directory.resolve("leases"));
        lease.close();

        Lease.await(file, holder -> {
                    throw new AssertionError(holder);
                })
                .close();
    }

    @Test
    void aProcessThatIsKilledHasItNoLonger() throws Exception {
        Path file = directory.resolve("a");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(Objects.requireNonNull(out.readLine())).isEqualTo("held");
            assertThat(Lease.tryTake(file)).isEmpty();

            List<String> told = new CopyOnWriteArrayList<>();
            Future<Lease> lease;
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                lease = thread.submit(() -> Lease.await(file, told::add));
                while (told.isEmpty()) {
                    Thread.sleep(10);
                }
                assertThat(told).containsExactly("process " + other.pid());
                other.destroyForcibly();
                lease.get(60, TimeUnit.SECONDS).close();
            } finally {
                thread.shutdownNow();
            }
        } finally {
            other.destroyForcibly();
        }
        assertThat(Files.exists(file)).isFalse();
    }

    /** Takes a lease and keeps it. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            Lease lease = Lease.await(Path.of(arguments[0]), holder -> {});
            System.out.println("held");
            Thread.sleep(600_000);
            lease.close();
        }
    }
}
