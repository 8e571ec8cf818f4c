package io.github.ftmaven.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.spec.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is weighed comes to the same as what is listed. */
class WeightedMetricTest {
    private static final List<String> ANSWERS =
            List.of("card lost", "card stolen", "top up", " top up", "the card is lost", "{\"a\": 1}", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accuracy",
                "macro-f1",
                "macro-precision",
                "macro-recall",
                "micro-f1",
                "rouge-l",
                "bleu",
                "json-valid",
                "perplexity",
                "retention",
                "latency",
                "pass-rate",
                "suite/tone",
                "suite/sometimes"
            })
    void isTheMetricOfTheListInWhichItemsRepeat(String metric) {
        Random random = new Random(5);
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(item(random, i));
        }
        ToDoubleFunction<int[]> weighted = WeightedMetric.of(metric, items);
        for (int draw = 0; draw < 50; draw++) {
            int[] times = random.ints(items.size(), 0, 4).toArray();
            List<ItemScore> list = new ArrayList<>();
            for (int i = 0; i < times.length; i++) {
                for (int time = 0; time < times[i]; time++) {
                    list.add(items.get(i));
                }
            }
            double expected = Metrics.of(metric, list).orElseThrow();
            assertThat(weighted.applyAsDouble(times)).isCloseTo(expected, within(1e-9));
        }
        boolean mean = !metric.contains("macro")
                && !List.of("micro-f1", "bleu", "perplexity", "retention", "suite/sometimes")
                        .contains(metric);
        assertThat(WeightedMetric.means(metric, items).isPresent()).isEqualTo(mean);
        WeightedMetric.means(metric, items)
                .ifPresent(means -> assertThat(Arrays.stream(means).average().orElseThrow())
                        .isCloseTo(Metrics.of(metric, items).orElseThrow(), within(1e-9)));
    }

    private static ItemScore item(Random random, int i) {
        Map<String, Double> measured = new HashMap<>(Map.of(
                "loss",
                10 * random.nextDouble(),
                "base-loss",
                10 * random.nextDouble(),
                "tokens",
                1.0 + random.nextInt(9),
                "latency",
                random.nextDouble(),
                "pass-rate",
                (double) random.nextInt(2),
                "suite/tone",
                random.nextDouble()));
        if (i % 3 == 0) {
            measured.put("suite/sometimes", random.nextDouble());
        }
        return Metrics.item(
                List.copyOf(EnumSet.of(Metric.ROUGE_L, Metric.JSON_VALID)),
                "t:" + i,
                ANSWERS.get(random.nextInt(4)),
                ANSWERS.get(random.nextInt(ANSWERS.size())),
                measured,
                Map.of());
    }
}
