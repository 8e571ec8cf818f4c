package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvalidInputExceptionTest {
    @Test
    void keepsAMessageAsItIs() {
        assertThat(message("a.json:1:2: not valid.\n\tDo this.")).isEqualTo("a.json:1:2: not valid.\n\tDo this.");
    }

    @Test
    void shortensLinesThatQuoteMegabytes() {
        assertThat(message("x: " + "y".repeat(3_000_000) + ", but must be short."))
                .hasSizeLessThan(2_000)
                .startsWith("x: yyy")
                .contains("yyy … (2998123 characters more) … yyy")
                .endsWith("yyy, but must be short.");
    }

    @Test
    void countsLinesBeyondAHundred() {
        assertThat(message("x: a mistake of some length, as they often are\n".repeat(5_000))
                        .lines())
                .hasSize(101)
                .last()
                .isEqualTo("and 4,900 more lines");
    }

    @Test
    void writesControlCharactersOut() {
        assertThat(message("the key '\u001b[2J\0\r'")).isEqualTo("the key '\\u001b[2J\\u0000\\u000d'");
    }

    private static String message(String message) {
        return String.valueOf(new InvalidInputException(message).getMessage());
    }
}
