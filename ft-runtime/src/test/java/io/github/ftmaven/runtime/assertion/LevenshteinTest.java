package io.github.ftmaven.runtime.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LevenshteinTest {
    @Test
    void isThatOfTheTable() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            String a = text(random);
            String b = text(random);
            assertThat(Levenshtein.distance(a, b)).as(a + " " + b).isEqualTo(table(a, b));
        }
    }

    @Test
    void longTextsTakeNoTime() {
        String a = "kitten ".repeat(14_000);
        String b = "sitting ".repeat(12_000);
        assertThat(Levenshtein.distance(a, b)).isBetween(14_000, 60_000);
        assertThat(Levenshtein.distance(a, a)).isZero();
    }

    @Test
    void textsThatWouldTakeForeverAreAnError() {
        String text = "a".repeat(1_000_000);
        assertThatThrownBy(() -> Levenshtein.distance(text, text))
                .isInstanceOf(LimitException.class)
                .hasMessage("A pair of texts of 1000000 and 1000000 characters is too large to grade");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(4)));
        }
        return text.toString();
    }

    /** By definition. */
    private static int table(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                } else {
                    int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                }
            }
        }
        return table[a.length()][b.length()];
    }
}
