package io.github.ftmaven.runtime.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/acceptance.md} are what the code computes. */
class PowerTableTest {
    private static final int[] ITEMS = {50, 100, 200, 300, 500, 1000};
    private static final double DIFFERING = 0.15;

    @Test
    void theDocumentedPowerIsComputed() throws IOException {
        StringBuilder table = new StringBuilder("| items | 2 points | 3 | 5 | 8 | 10 |\n|---|---|---|---|---|---|\n");
        for (int items : ITEMS) {
            table.append("| ").append(items);
            for (double drop : new double[] {0.02, 0.03, 0.05, 0.08, 0.1}) {
                double power = McNemar.power(items, (DIFFERING + drop) / 2, (DIFFERING - drop) / 2, 0.05);
                table.append(" | ").append(percent(power));
            }
            table.append(" |\n");
        }
        assertDocumented(table);
    }

    @Test
    void theDocumentedFalseAlarmsAreComputed() throws IOException {
        StringBuilder table =
                new StringBuilder("| items | tolerance 0 | 0.01 | 0.02 | 0.05 | verdict `FAIL`, tolerance 0 |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (int items : ITEMS) {
            table.append("| ").append(items);
            for (double tolerance : new double[] {0, 0.01, 0.02, 0.05}) {
                table.append(" | ").append(percent(past(items, tolerance)));
            }
            double level = McNemar.power(items, DIFFERING / 2, DIFFERING / 2, 0.05);
            table.append(" | ").append(percent(level)).append(" |\n");
        }
        assertDocumented(table);
    }

    /** How often equally good models differ by more than the tolerance, to the worse. */
    private static double past(int items, double tolerance) {
        double probability = 0;
        for (int pairs = 1; pairs <= items; pairs++) {
            // pairs - 2 * first items more are right only by the second model.
            int most = (int) Math.ceil((pairs - items * tolerance) / 2 - 1e-9) - 1;
            if (most >= 0) {
                probability += BinomialDistribution.of(items, DIFFERING).probability(pairs)
                        * BinomialDistribution.of(pairs, 0.5).cumulativeProbability(most);
            }
        }
        return probability;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static void assertDocumented(StringBuilder table) throws IOException {
        assertThat(Files.readString(Path.of("../docs/acceptance.md"))).contains(table.toString());
    }
}
