package io.github.ftmaven.runtime.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives a reader one input after another. Each is read, or refused by an {@link InvalidInputException} that a person
 * understands, within bounded time and memory.
 */
final class Fuzzer {
    /** Of the processor, so that a busy machine does not count; and more for a megabyte, which is read in proportion. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final long NANOSECONDS_A_BYTE = 2_000;

    private static final Duration HANGS = Duration.ofSeconds(60);
    /** Of memory that was ever asked for, most of which is given back at once. */
    private static final long MOST_BYTES = 256L << 20;

    private static final long MEMORY_A_BYTE = 4_000;
    private static final int LONGEST_MESSAGE = 20_000;

    /** What a stack trace or a class's name leaves in a message. */
    private static final Pattern JAVA = Pattern.compile(
            "\\b(?:javax?|com\\.fasterxml|org\\.(?:yaml|snakeyaml|apache)|io\\.github\\.ftmaven|ai\\.djl|sun|jdk)\\.[a-z]+\\.?\\w"
                    + "|\\b[A-Z]\\w+(?:Exception|Error)\\b|\\bat line: \\d|StreamRead|\\[Source:|\\bnull pointer|because \"");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Fuzzer() {}

    /** Reads an input. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] input) throws Exception;
    }

    /** What is wrong with how a reader took an input; empty if nothing is. */
    static Optional<String> fault(Reader reader, byte[] input) {
        long started = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long memory = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        String fault = null;
        try {
            reader.read(input);
        } catch (InvalidInputException e) {
            fault = badMessage(e.getMessage());
        } catch (Throwable e) { // errors are faults too
            fault = "ended in " + e + " at " + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]) + own(e);
        }
        long used = THREADS.getCurrentThreadCpuTime() - cpu;
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - memory;
        if (fault == null && used > LONGEST.toNanos() + NANOSECONDS_A_BYTE * input.length) {
            fault = "took " + used / 1_000_000 + " ms of the processor (" + (System.nanoTime() - started) / 1_000_000
                    + " ms)";
        } else if (fault == null && allocated > MOST_BYTES + MEMORY_A_BYTE * input.length) {
            fault = "took " + (allocated >> 20) + " MiB of memory";
        }
        return Optional.ofNullable(fault);
    }

    /** Reads inputs on a thread of their own, which one that never ends cannot hold up; the rest is not read then. */
    static void check(Reader reader, List<byte[]> inputs, BiConsumer<byte[], String> faults) {
        AtomicInteger done = new AtomicInteger();
        Thread thread = new Thread(
                () -> {
                    for (byte[] input : inputs) {
                        fault(reader, input).ifPresent(fault -> faults.accept(input, fault));
                        done.incrementAndGet();
                    }
                },
                "fuzz");
        thread.setDaemon(true);
        thread.start();
        try {
            int before;
            do {
                before = done.get();
                thread.join(HANGS.toMillis());
            } while (thread.isAlive() && done.get() > before);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (done.get() < inputs.size()) {
            List<StackTraceElement> stack = List.of(thread.getStackTrace());
            faults.accept(inputs.get(done.get()), "does not end: " + stack.subList(0, Math.min(12, stack.size())));
        }
    }

    private static @Nullable String badMessage(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "refused without a message";
        }
        if (message.length() > LONGEST_MESSAGE) {
            return "refused in " + message.length() + " characters: " + message.substring(0, 200);
        }
        return JAVA.matcher(message).find() ? "refused in a programmer's words: " + message : null;
    }

    /** The first place in the project's own code. */
    private static String own(Throwable e) {
        for (StackTraceElement element : e.getStackTrace()) {
            if (element.getClassName().startsWith("io.github.ftmaven")
                    && !element.getClassName().contains(".fuzz.")) {
                return ", from " + element;
            }
        }
        return "";
    }
}
