package io.github.ftmaven.plugin.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTimestampTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00+02:00, 2026-01-31T10:00:00Z",
        "1570300662, 2019-10-05T18:37:42Z",
    })
    void readsWhatMavenAllows(String value, String time) {
        assertThat(OutputTimestamp.parse(value)).isEqualTo(Instant.parse(time));
    }

    @Test
    void hasATimeWithoutOne() {
        assertThat(OutputTimestamp.parse(null)).isEqualTo(OutputTimestamp.DEFAULT);
        assertThat(OutputTimestamp.parse("")).isEqualTo(OutputTimestamp.DEFAULT);
        assertThat(OutputTimestamp.parse("x")).isEqualTo(OutputTimestamp.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "99999999999999999999", "1970-01-01T00:00:00Z", "0", "2100-01-01T00:00:00Z"})
    void refusesWhatAJarCannotHold(String value) {
        assertThatThrownBy(() -> OutputTimestamp.parse(value))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("project.build.outputTimestamp: '" + value + "' is ");
    }
}
