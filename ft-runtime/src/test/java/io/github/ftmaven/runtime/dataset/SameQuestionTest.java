package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.text.Normalizer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameQuestionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "how deep is the river?",
                "HOW DEEP IS THE RIVER?",
                "How deep is the river",
                "How deep is the river ?!",
                "How deep is the river...",
                "  How\tdeep\nis  the\r\nriver?  ",
                "How\u00a0deep\u2003is\u3000the\u202friver?",
                "\ufeffHow deep\u200b is\u200d the ri\u00adver?\u2060",
                "How deep is the river\uff1f",
                "\uff28\uff4f\uff57 \uff44\uff45\uff45\uff50 is the river?",
                "How deep is the river\u2026",
                "How deep is the river\u3002",
                "How\u0085deep is the river?",
                "How deep is the\u0000 river?",
                "How deep is \udb40\udc41the river?"
            })
    void isTheSame(String text) {
        assertThat(SameQuestion.normal(text)).isEqualTo("how deep is the river");
    }

    @ParameterizedTest
    @CsvSource({
        "Straße, STRASSE",
        "Straße, STRA\u1e9eE",
        "ΟΔΟΣ, οδος",
        "ΟΔΟΣ, οδοσ",
        "\ufb01nd, FIND",
        "caf\u00e9, CAFE\u0301",
        "\u00c5, \u212b",
        "\u0130stanbul, i\u0307stanbul",
        "\uac00, \u1100\u1161",
        "\uff76\uff9e, \u30ac",
        "x\u00b2, X2",
        "\u2764\ufe0f, \u2764",
        "a \u0345\u0301, A \u0345\u0301"
    })
    void foldsBeyondLowerCase(String one, String other) {
        assertThat(SameQuestion.normal(one)).isEqualTo(SameQuestion.normal(other));
    }

    @ParameterizedTest
    @CsvSource({
        "What is C, What is C#",
        "What is C, What is C++",
        "50%, 50",
        "a b, ab",
        "?, !",
        "ısı, isi",
        "1.5, 15",
        ":), :(",
        "résumé, resume",
        "-1, 1",
        "f(x), f(y)"
    })
    void isAnother(String one, String other) {
        assertThat(SameQuestion.normal(one)).isNotEqualTo(SameQuestion.normal(other));
    }

    /** A normal form is its own, whatever the character, and no country's rules have a part in it. */
    @Test
    @SuppressForbidden("it is put back")
    void isStable() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(SameQuestion.normal("TITLE I")).isEqualTo("title i");
            for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
                if (Character.getType(c) == Character.SURROGATE) {
                    continue;
                }
                String text = "a" + Character.toString(c) + "b";
                String normal = SameQuestion.normal(text);
                assertThat(SameQuestion.normal(normal)).as("U+%04X", c).isEqualTo(normal);
                assertThat(SameQuestion.normal(Normalizer.normalize(text, Normalizer.Form.NFD)))
                        .as("U+%04X", c)
                        .isEqualTo(normal);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void isLinear() {
        String text = "Wie tief ist der Fluß\u00a0wirklich? ".repeat(200_000);
        long start = System.nanoTime();
        assertThat(SameQuestion.normal(text)).endsWith("fluss wirklich");
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
}
