package io.github.ftmaven.runtime.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against scipy; see {@code tools/golden_drift.py}. */
class DivergenceTest {
    @Test
    void scoresAreThoseOfScipy() throws IOException {
        JsonNode cases;
        try (InputStream in = DivergenceTest.class.getResourceAsStream("drift-golden.json")) {
            cases = new ObjectMapper().readTree(in).path("cases");
        }
        assertThat(cases).hasSize(13);
        for (JsonNode each : cases) {
            double[] reference = counts(each.path("reference"));
            double[] other = counts(each.path("other"));
            assertThat(Divergence.psi(reference, other))
                    .isCloseTo(each.path("psi").doubleValue(), within(1e-12));
            assertThat(Divergence.psi(other, reference))
                    .isCloseTo(each.path("psi").doubleValue(), within(1e-12));
            assertThat(Divergence.jensenShannon(reference, other))
                    .isCloseTo(each.path("jensenShannon").doubleValue(), within(1e-12));
        }
    }

    /** Two thousand pairs of samples of the same population have about the mean that is called chance. */
    @Test
    void samplesOfOnePopulationDifferByChance() {
        Random random = new Random(1);
        int bins = 12;
        double psi = 0;
        double divergence = 0;
        int pairs = 2_000;
        for (int i = 0; i < pairs; i++) {
            double[] one = sample(random, bins, 900);
            double[] other = sample(random, bins, 300);
            psi += Divergence.psi(one, other) / pairs;
            divergence += Divergence.jensenShannon(one, other) / pairs;
        }
        assertThat(psi / Divergence.psiByChance(bins, 900, 300)).isBetween(0.95, 1.05);
        assertThat(divergence / Divergence.jensenShannonByChance(bins, 900, 300))
                .isBetween(0.95, 1.05);
    }

    private static double[] sample(Random random, int bins, int size) {
        double[] counts = new double[bins];
        for (int i = 0; i < size; i++) {
            counts[random.nextInt(bins)]++;
        }
        return counts;
    }

    private static double[] counts(JsonNode counts) {
        return counts.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }
}
