package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "@octocat broke it; @\u2060octocat broke it",
                "fixes #12; fixes \\#\u206012",
                "https://evil.example/x; https:\u2060//evil.example/x",
                "www.evil.example; www\u2060.evil.example",
                "[text](http://x); \\[text\\](http:\u2060//x)",
                "![i](x); !\\[i\\](x)",
                "a|b; a\\|b",
                "`rm`; \\`rm\\`",
                "- item; \\- item",
                "1. first; 1\\. first",
                "0.05; 0.05",
                "$x$; \\$x\\$",
                "a\u001b[31mred; a\uFFFD\\[31mred",
            })
    void foreignTextIsOnlyShown(String text, String markdown) {
        assertThat(Escape.markdown(text)).isEqualTo(markdown);
    }

    @Test
    void linesOfOneCellStayInIt() {
        assertThat(Escape.markdown("a\r\nb\n| c |")).isEqualTo("a↵ b↵ \\| c \\|");
    }

    @Test
    void elementsAreText() {
        assertThat(Escape.markdown("<img src=x onerror=y>&amp;")).isEqualTo("&lt;img src=x onerror=y&gt;&amp;amp;");
    }

    @Test
    void codeEndsNowhereElse() {
        assertThat(Escape.code("<|end|>")).isEqualTo("`<|end|>`");
        assertThat(Escape.code("a`b``c")).isEqualTo("```a`b``c```");
        assertThat(Escape.code("`x")).isEqualTo("`` `x ``");
        assertThat(Escape.code("a\nb")).isEqualTo("`a b`");
    }

    @Test
    void longTextIsCut() {
        assertThat(Escape.markdown("x".repeat(270_000))).hasSize(2_001).endsWith("…");
        assertThat(Escape.html("&".repeat(270_000))).hasSize(2_000 * 5 + 1).endsWith("…");
    }

    @Test
    void thereAreNoHalfCharacters() {
        assertThat(Escape.markdown("half " + (char) 0xD800)).isEqualTo("half " + (char) 0xFFFD);
        assertThat(Escape.html("a" + (char) 0xDC00 + "<\0>")).isEqualTo("a\uFFFD&lt;\uFFFD&gt;");
    }
}
