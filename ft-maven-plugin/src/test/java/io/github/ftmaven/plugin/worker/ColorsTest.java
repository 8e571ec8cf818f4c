package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorsTest {
    @Test
    void areForTerminalsThatUnderstandThem() {
        assertThat(Colors.isCapable(Map.of("TERM", "xterm-256color"))).isTrue();
        assertThat(Colors.isCapable(Map.of())).isTrue();
        assertThat(Colors.isCapable(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Colors.isCapable(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Colors.isCapable(Map.of("NO_COLOR", ""))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"never, true", "no, true", "none, true", "auto, false", "always, false"})
    void areSwitchedOffAsMavenHasIt(String value, boolean off) {
        Properties properties = new Properties();
        assertThat(Colors.isSwitchedOff(properties)).isFalse();
        properties.setProperty("style.color", value);
        assertThat(Colors.isSwitchedOff(properties)).isEqualTo(off);
    }
}
