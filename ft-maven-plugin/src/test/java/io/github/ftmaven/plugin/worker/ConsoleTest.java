package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.journal.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final RecordingLog log = new RecordingLog();

    @Test
    void writesALineEveryFiveSecondsAndTheLastOfAPhase() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - Duration.ofHours(1).toNanos());
        Console console = Console.plain(log, nanos::get);
        for (int step = 0; step <= 12; step++) {
            console.progress(new Event.Progress("Training", step, 12, null, null, 12.0 - step));
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(log.lines())
                .containsExactly(
                        "INFO Training 5/12, 0:07 left", "INFO Training 10/12, 0:02 left", "INFO Training 12/12");
    }

    @Test
    void tellsTheRateOfWhatIsNotTokens() {
        try (Console console = Console.plain(log, System::nanoTime)) {
            console.progress(new Event.Progress("Reading", 40, 40, null, null, 0.0, new Event.Rate("MB", 51.24)));
        }
        assertThat(log.lines()).containsExactly("INFO Reading 40/40 MB, 51.2 MB/s");
    }

    @Test
    void redrawsOneLineOnATerminalAndErasesItForMessages() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
        try (Console console = Console.live(log, terminal)) {
            console.progress(new Event.Progress("Training", 1, 3, 0.12345, 20134.4, 3723.0));
            console.progress(new Event.Progress("Training", 2, 3, null, null, null));
            console.message(new Event.Message(Event.Level.INFO, "saved"));
            console.progress(new Event.Progress("Training", 3, 3, null, null, 0.0));
        }

        // Never broken by the terminal, and with the cursor at its beginning, so that a resize leaves nothing above it.
        String begin = "\u001b[?7l\r";
        String end = "\u001b[J\r\u001b[?7h";
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .isEqualTo(begin + "Training 1/3, loss 0.1235, 20,134 tokens/s, 1:02:03 left" + end + begin
                        + "Training 2/3" + end + "\r\u001b[J");
        assertThat(log.lines()).containsExactly("INFO saved", "INFO Training 3/3");
    }
}
