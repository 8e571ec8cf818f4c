package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColoursTest {
    @Test
    void areForTerminalsThatUnderstandThem() {
        assertThat(Colours.isCapable(Map.of("TERM", "xterm-256color"))).isTrue();
        assertThat(Colours.isCapable(Map.of())).isTrue();
        assertThat(Colours.isCapable(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Colours.isCapable(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Colours.isCapable(Map.of("NO_COLOR", ""))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"never, true", "no, true", "none, true", "auto, false", "always, false"})
    void areSwitchedOffAsMavenHasIt(String value, boolean off) {
        Properties properties = new Properties();
        assertThat(Colours.isSwitchedOff(properties)).isFalse();
        properties.setProperty("style.color", value);
        assertThat(Colours.isSwitchedOff(properties)).isEqualTo(off);
    }
}
