package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTextTest {
    @ParameterizedTest
    @CsvSource({
        // Clears the screen, rings, overwrites the line, reorders, half a character.
        "'\u001b[2Jgone', '\uFFFD[2Jgone'",
        "'a\u0007b', 'a\uFFFDb'",
        "'PASS\rFAIL', 'PASS\uFFFDFAIL'",
        "'\u202Ereversed', '\uFFFDreversed'",
        "'\u009B31m', '\uFFFD31m'",
        "'a\u2028b', 'a\uFFFDb'",
        // Orders to build servers, also in later lines, after blanks, and inside a line where that counts.
        "'::set-env name=x::y', ': :set-env name=x::y'",
        "'ok\n  ::stop-commands::t', 'ok\n  : :stop-commands::t'",
        "'a ##vso[task.complete]', 'a # #vso[task.complete]'",
        "'##teamcity[buildStatus]', '# #teamcity[buildStatus]'",
        "'##[error]x', '# #[error]x'",
        // Ordinary text.
        "'C++: a::b', 'C++: a::b'",
        "'## Title', '## Title'",
        "'naïve 😀\tend', 'naïve 😀\tend'",
    })
    void isHarmless(String text, String printed) {
        assertThat(PrintableText.of(text)).isEqualTo(printed);
    }

    @Test
    void halfCharactersDoNotShow() {
        assertThat(PrintableText.of("half " + (char) 0xD800)).isEqualTo("half " + (char) 0xFFFD);
    }

    @Test
    void isShortened() {
        String printed = PrintableText.of("x".repeat(270_000));
        assertThat(printed).startsWith("xxx").endsWith("x… (270,000 characters in all)");
        assertThat(printed.length()).isLessThan(8_100);
        assertThat(PrintableText.of("😀".repeat(5_000))).doesNotContain("\uFFFD");
    }

    @Test
    void fitsOnALine() {
        assertThat(PrintableText.line("one\r\n  two\n\nthree")).isEqualTo("one two three");
    }
}
