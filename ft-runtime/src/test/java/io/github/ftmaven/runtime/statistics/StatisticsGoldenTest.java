package io.github.ftmaven.runtime.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Against scipy, statsmodels, and definitions computed by brute force; see {@code tools/golden_statistics.py}. */
class StatisticsGoldenTest {
    private final JsonNode golden = read();

    @Test
    void mcNemar() {
        for (JsonNode each : golden.path("mcnemar")) {
            assertThat(McNemar.test(whole(each, "first"), whole(each, "second")))
                    .as("%s", each)
                    .isCloseTo(number(each, "p"), within(1e-12));
        }
    }

    @Test
    void powerOfMcNemar() {
        for (JsonNode each : golden.path("power")) {
            assertThat(McNemar.power(whole(each, "items"), number(each, "first"), number(each, "second"), 0.05))
                    .as("%s", each)
                    .isCloseTo(number(each, "power"), within(1e-9));
        }
    }

    @Test
    void shares() {
        for (JsonNode each : golden.path("share")) {
            Share share = new Share(whole(each, "right"), whole(each, "items"));
            double confidence = number(each, "confidence");
            assertInterval(share.interval(confidence), each.path("wilson"), 1e-9);
            assertInterval(share.exactInterval(confidence), each.path("exact"), 1e-9);
            assertThat(share.pAbove(number(each, "threshold"))).isCloseTo(number(each, "above"), within(1e-12));
            assertThat(share.pBelow(number(each, "threshold"))).isCloseTo(number(each, "below"), within(1e-12));
        }
    }

    @Test
    void tangosInterval() {
        for (JsonNode each : golden.path("tango")) {
            PairedShares shares = new PairedShares(whole(each, "first"), whole(each, "second"), whole(each, "items"));
            assertInterval(shares.interval(number(each, "confidence")), each.path("interval"), 1e-6);
        }
    }

    @Test
    void exactMargins() {
        for (JsonNode each : golden.path("margin")) {
            double p = PairedMargin.test(
                    whole(each, "first"), whole(each, "second"), whole(each, "items"), number(each, "margin"));
            assertThat(p).as("%s", each).isCloseTo(number(each, "p"), within(1e-5));
        }
    }

    @Test
    void holm() {
        for (JsonNode each : golden.path("holm")) {
            assertThat(Holm.adjust(numbers(each.path("p"))))
                    .containsExactly(numbers(each.path("adjusted")), within(1e-12));
        }
    }

    /** Other draws than scipy's, so the ends agree to a share of their distance only. */
    @Test
    void bootstrapAndRandomization() {
        for (JsonNode each : golden.path("resampled")) {
            double[] first = numbers(each.path("first"));
            double[] second = numbers(each.path("second"));
            int[] groups = IntStream.range(0, first.length).toArray();
            Resampled evidence = Resampled.difference(mean(first, second), groups);
            JsonNode ends = each.path("bca");
            double distance = ends.get(1).doubleValue() - ends.get(0).doubleValue();
            assertInterval(evidence.interval(0.95), ends, 0.03 * distance);
            double permutation = number(each, "permutation");
            assertThat(evidence.pAbove(0)).isGreaterThan(permutation - 0.015);
            assertThat(evidence.randomizedAbove()).isCloseTo(permutation, within(first.length <= 13 ? 1e-9 : 0.015));
            // The p-value turns where the interval ends.
            assertThat(evidence.bootstrap().pAbove(evidence.interval(0.95).low()))
                    .isCloseTo(0.05, within(2e-3));
            assertThat(evidence.bootstrap().pBelow(evidence.interval(0.95).high()))
                    .isCloseTo(0.05, within(2e-3));
        }
    }

    static ToDoubleFunction<int[]> mean(double[] first, double[] second) {
        return times -> {
            double sum = 0;
            long count = 0;
            for (int i = 0; i < times.length; i++) {
                sum += times[i] * (i < first.length ? first[i] : second[i - first.length]);
                count += times[i];
            }
            return sum / count;
        };
    }

    private static void assertInterval(Interval interval, JsonNode ends, double distance) {
        assertThat(interval.low()).isCloseTo(ends.get(0).doubleValue(), within(distance));
        assertThat(interval.high()).isCloseTo(ends.get(1).doubleValue(), within(distance));
    }

    private static int whole(JsonNode node, String key) {
        return node.path(key).intValue();
    }

    private static double number(JsonNode node, String key) {
        return node.path(key).doubleValue();
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static JsonNode read() {
        try (InputStream in = StatisticsGoldenTest.class.getResourceAsStream("statistics-golden.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
