package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void splitsAsAShellWould() {
        assertThat(CommandLine.split("ft.argLine", " -Xmx4g  -Da='b c' \"d \"e '' "))
                .containsExactly("-Xmx4g", "-Da=b c", "d e", "");
        assertThat(CommandLine.split("ft.argLine", "  ")).isEmpty();
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> CommandLine.split("ft.argLine", "-Da='b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.argLine: the quote ' is not closed in: -Da='b");
    }
}
