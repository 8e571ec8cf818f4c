package io.github.ftmaven.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.spec.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MetricsTest {
    private static final double ROUNDING = 1e-12;

    /** The values are scikit-learn's; {@code tools/golden_metrics.py} wrote them. */
    @TestFactory
    Stream<DynamicTest> agreesWithScikitLearn() throws IOException {
        try (InputStream json = MetricsTest.class.getResourceAsStream("metrics-golden.json")) {
            JsonNode cases = new ObjectMapper().readTree(json);
            assertThat(cases).hasSizeGreaterThan(10);
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(golden -> DynamicTest.dynamicTest(golden.get("name").textValue(), () -> assertAgrees(golden)));
        }
    }

    @Test
    void comparesComposedTexts() {
        assertThat(Metrics.normalize(" Re\u0301sume\u0301\n")).isEqualTo("R\u00e9sum\u00e9");
        for (char first = '!'; first < 0x310; first++) {
            for (char second : new char[] {'!', 'e', '\u00e9', '\u02ff', '\u0300', '\u0301', '\u0308'}) {
                String text = "x" + first + second;
                assertThat(Metrics.normalize(text)).isEqualTo(Normalizer.normalize(text.strip(), Normalizer.Form.NFC));
            }
        }
    }

    private static void assertAgrees(JsonNode golden) {
        List<ItemScore> items = new ArrayList<>();
        golden.get("items")
                .forEach(pair -> items.add(Metrics.item(
                        "t:" + (items.size() + 1),
                        pair.get(0).textValue(),
                        pair.get(1).textValue())));
        Map<String, Double> metrics = Metrics.compute(List.of(Metric.values()), items);
        for (Map.Entry<String, String> metric : Map.of(
                        "macroPrecision",
                        "macro-precision",
                        "macroRecall",
                        "macro-recall",
                        "microF1",
                        "micro-f1",
                        "rouge1",
                        "rouge-1",
                        "rouge2",
                        "rouge-2",
                        "rougeL",
                        "rouge-l",
                        "bleu",
                        "bleu")
                .entrySet()) {
            assertThat(metrics.get(metric.getValue()))
                    .as(metric.getValue())
                    .isCloseTo(golden.get(metric.getKey()).doubleValue(), within(ROUNDING));
        }
        assertThat(metrics.get("accuracy")).isEqualTo(golden.get("accuracy").doubleValue());
        assertThat(metrics.get("macro-f1")).isCloseTo(golden.get("macroF1").doubleValue(), within(ROUNDING));
        assertThat(items.stream()
                        .mapToDouble(item -> item.scores().get("accuracy"))
                        .average())
                .hasValue(golden.get("accuracy").doubleValue());

        List<LabelScores> labels = LabelReport.of(items).labels();
        JsonNode goldenLabels = golden.get("labels");
        assertThat(labels).hasSize(goldenLabels.size());
        for (LabelScores label : labels) {
            JsonNode values = goldenLabels.get(label.label());
            assertThat(label.precision()).isCloseTo(values.get(0).doubleValue(), within(ROUNDING));
            assertThat(label.recall()).isCloseTo(values.get(1).doubleValue(), within(ROUNDING));
            assertThat(label.f1()).isCloseTo(values.get(2).doubleValue(), within(ROUNDING));
            assertThat(label.support()).isEqualTo(values.get(3).intValue());
        }
    }

    @Test
    void neitherMetricDependsOnTheOrderOfItems() {
        List<ItemScore> items = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            items.add(Metrics.item("t:" + i, "l" + random.nextInt(9), "l" + random.nextInt(12)));
        }
        Map<String, Double> metrics = Metrics.compute(List.of(Metric.values()), items);
        LabelReport report = LabelReport.of(items);
        Collections.shuffle(items, random);
        assertThat(Metrics.compute(List.of(Metric.values()), items)).isEqualTo(metrics);
        assertThat(LabelReport.of(items)).isEqualTo(report);
    }

    @Test
    void computesOnlyWhatIsAskedInThatOrder() {
        List<ItemScore> items = List.of(Metrics.item("t:1", "a", "a"));
        assertThat(Metrics.compute(List.of(Metric.MACRO_F1, Metric.ACCURACY), items))
                .containsExactly(Map.entry("macro-f1", 1.0), Map.entry("accuracy", 1.0));
        assertThat(Metrics.compute(List.of(Metric.ACCURACY), items)).containsOnlyKeys("accuracy");
    }

    @Test
    void refusesAnEmptyTestSet() {
        assertThatThrownBy(() -> Metrics.compute(List.of(Metric.ACCURACY), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The test set is empty");
    }

    @Test
    void listsConfusionsMostFrequentFirst() {
        List<ItemScore> items = List.of(
                Metrics.item("t:1", "b", "a"),
                Metrics.item("t:2", "c", " a\n"),
                Metrics.item("t:3", "c", "a"),
                Metrics.item("t:4", "a", "a"),
                Metrics.item("t:5", "b", ""));
        assertThat(LabelReport.of(items).confusions())
                .containsExactly(new Confusion("c", "a", 2), new Confusion("b", "", 1), new Confusion("b", "a", 1));
    }

    @Test
    void fieldsOfJson() {
        String expected = "{\"name\": \"Ann\", \"tags\": [\"a\", \"b\"], \"age\": 3}";
        assertThat(fields(expected, "{\"age\":3.0,\"tags\":[\"b\",\"a\"],\"name\":\"Ann\"}"))
                .isEqualTo(1);
        assertThat(fields(expected, "{\"name\": \"Bob\", \"tags\": [\"a\"], \"age\": 3}"))
                .isEqualTo(2 * 2.0 / (4 + 3));
        assertThat(fields(expected, "name: Ann")).isZero();
        assertThat(fields("{}", "{}")).isEqualTo(1);
        List<ItemScore> items = List.of(
                Metrics.item(List.of(Metric.JSON_VALID), "t:1", expected, "[]"),
                Metrics.item(List.of(Metric.JSON_VALID), "t:2", expected, "[1"));
        assertThat(Metrics.compute(List.of(Metric.JSON_VALID), items)).containsOnly(Map.entry("json-valid", 0.5));
        assertThat(items.get(0).scores()).containsEntry("json-valid", 1.0);
    }

    private static double fields(String expected, String answer) {
        return Metrics.item(List.of(Metric.JSON_FIELD_F1), "t:1", expected, answer)
                .scores()
                .getOrDefault("json-field-f1", -1.0);
    }

    @Test
    void whatIsMeasuredOfAnswersIsSummedOverTheirTokens() {
        List<ItemScore> items = List.of(
                measured("t:1", Map.of("loss", 3.0, "tokens", 2.0, "base-loss", 2.0, "answer-tokens", 4.0)),
                measured("t:2", Map.of("loss", 1.0, "tokens", 6.0, "base-loss", 1.0, "answer-tokens", 1.0)));
        assertThat(Metrics.of("perplexity", items)).hasValue(Math.exp(4.0 / 8));
        assertThat(Metrics.of("retention", items)).hasValue(Math.exp((3.0 - 4.0) / 8));
        assertThat(Metrics.of("retention", items.subList(1, 2))).hasValue(1);
        assertThat(Metrics.of("answer-tokens", items)).hasValue(2.5);
        assertThat(Metrics.of("latency", items)).isEmpty();
        assertThat(Metrics.lowerIsBetter("perplexity")).isTrue();
        assertThat(Metrics.lowerIsBetter("accuracy")).isFalse();
        assertThat(Metrics.lowerIsBetter("capitals/perplexity")).isTrue();
        assertThat(Metrics.lowerIsBetter("suite/perplexity")).isFalse();
        assertThat(Metrics.lowerIsBetter("suite/brier_score")).isFalse();
    }

    @Test
    void anotherMetricIsTheMeanOfTheItemsThatHaveIt() {
        List<ItemScore> items = List.of(
                measured("t:1", Map.of("pass-rate", 1.0, "suite/tone", 0.5)),
                measured("t:2", Map.of("pass-rate", 0.0)));
        assertThat(Metrics.of("pass-rate", items)).hasValue(0.5);
        assertThat(Metrics.of("suite/tone", items)).hasValue(0.5);
        assertThat(Metrics.of("suite/other", items)).isEmpty();
        List<ItemScore> named = List.of(
                measured("t:1", Map.of("suite/perplexity", 1.0)), measured("t:2", Map.of("suite/perplexity", 0.0)));
        assertThat(Metrics.of("suite/perplexity", named)).hasValue(0.5);
        assertThat(Metrics.of("accuracy", List.of())).isEmpty();
    }

    private static ItemScore measured(String id, Map<String, Double> scores) {
        return Metrics.item(List.of(), id, "a", "a", scores, Map.of());
    }
}
