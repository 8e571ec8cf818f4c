package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.plugin.worker.RecordingLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;

class RawOutputTest {
    @Test
    void isALineOfTheLog() {
        RecordingLog log = new RecordingLog();
        assertThat(printed(log, "answer")).isEmpty();
        assertThat(log.lines()).isEqualTo(List.of("INFO " + "\n" + "answer"));
    }

    @Test
    void standsAloneOnTheStandardOutputWhereMavenIsQuiet() {
        RecordingLog log = new QuietLog();
        String answer = "{\"größe\": \"" + "x".repeat(10_000) + "\"}";
        assertThat(printed(log, answer)).isEqualTo(answer + "\n");
        assertThat(printed(log, "two\nlines\n")).isEqualTo("two\nlines\n");
        assertThat(printed(log, "red \u001b[31m\n::set-env name=A::b"))
                .isEqualTo("red \uFFFD[31m\n: :set-env name=A::b\n");
        assertThat(log.lines()).isEmpty();
    }

    private static String printed(RecordingLog log, String text) {
        MavenSession session = mock(MavenSession.class);
        when(session.getSystemProperties()).thenReturn(new Properties());
        PrintStream standard = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        try {
            RawOutput.show(text, log, session);
        } finally {
            System.setOut(standard);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final class QuietLog extends RecordingLog {
        @Override
        public boolean isInfoEnabled() {
            return false;
        }
    }
}
