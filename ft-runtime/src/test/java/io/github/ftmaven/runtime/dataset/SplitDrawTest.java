package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitDrawTest {
    private static final int DATASETS = 200;

    private final TestSpec spec = new TestSpec().set("dataset.test: 0.2", "dataset.validation: 0.1");

    @Test
    void placesAreThoseOfPython() {
        // int(hashlib.sha256(b"42\0question").hexdigest()[:13], 16) / 2**52
        assertThat(Place.of(42, "question")).isEqualTo(0.5403311817217145);
    }

    @Test
    void drawsAboutTheFractions() {
        SplitDraw draw = draw(numbered(10_000));
        assertThat(draw.test().size()).isCloseTo(2000, within(120));
        assertThat(draw.validation().size()).isCloseTo(1000, within(90));
        assertThat(draw.train())
                .hasSize(10_000 - draw.test().size() - draw.validation().size());
        assertThat(draw.notes()).isEmpty();
        spec.set("dataset.split.seed: 43");
        assertThat(sources(draw(numbered(10_000)).test())).isNotEqualTo(sources(draw.test()));
        spec.set("training.seed: 7");
        Set<String> test = sources(draw(numbered(10_000)).test());
        spec.set("training.seed: 8");
        assertThat(sources(draw(numbered(10_000)).test()))
                .as("split.seed alone decides")
                .isEqualTo(test);
    }

    @Test
    void appendedRowsMoveNoOthers() {
        spec.set("dataset.test: 0.3", "dataset.validation: 0.3");
        for (int seed = 0; seed < DATASETS; seed++) {
            Random random = new Random(seed);
            List<Example> rows = random(random, 60 + random.nextInt(100), 120);
            int before = 50;
            assertKept(rows, before);
            List<Example> sooner = new ArrayList<>(rows);
            Collections.shuffle(sooner, random);
            assertThat(sides(draw(sooner))).as("in any order").isEqualTo(sides(draw(rows)));
        }
    }

    @Test
    void aLargerTestSetTakesFromTrainAlone() {
        List<Example> rows = numbered(500);
        SplitDraw small = draw(rows);
        spec.set("dataset.test: 0.3");
        SplitDraw large = draw(rows);
        assertThat(large.test())
                .containsAll(small.test())
                .hasSizeGreaterThan(small.test().size());
        assertThat(large.validation()).isEqualTo(small.validation());
    }

    @Test
    void rowsThatAskTheSameStayTogether() {
        for (int seed = 0; seed < DATASETS; seed++) {
            SplitDraw draw = draw(random(new Random(seed), 200, 60));
            assertThat(questions(draw.test())).doesNotContainAnyElementsOf(questions(draw.train()));
            assertThat(questions(draw.validation()))
                    .doesNotContainAnyElementsOf(questions(draw.train()))
                    .doesNotContainAnyElementsOf(questions(draw.test()));
        }
    }

    @Test
    void aConversationStaysWithAQuestionThatItContains() {
        List<Example> rows = new ArrayList<>(numbered(100));
        for (int i = 0; i < 100; i++) {
            rows.add(conversation("later:" + i, "question " + i, "answer", "and then?", "this"));
        }
        Map<String, Split> sides = sides(draw(rows));
        for (int i = 0; i < 100; i++) {
            assertThat(sides.get("later:" + i)).isEqualTo(sides.get("rows:" + i));
        }
        assertKept(rows, 100);
    }

    @Test
    void aGreetingJoinsNoConversations() {
        List<Example> rows = IntStream.range(0, 200)
                .mapToObj(i -> conversation("rows:" + i, "Hello!", "Hi, what is it?", "question " + i, "answer"))
                .toList();
        assertThat(draw(rows).test().size()).isBetween(20, 60);
    }

    @Test
    void groupsAreNeverDivided() {
        spec.set("dataset.split.groupBy: contract", "dataset.test: 0.3", "dataset.validation: 0.3");
        for (int seed = 0; seed < DATASETS; seed++) {
            List<Example> rows = grouped(new Random(seed), 300, 60);
            SplitDraw draw = draw(rows);
            assertThat(groups(draw.test())).isNotEmpty().doesNotContainAnyElementsOf(groups(draw.train()));
            assertThat(groups(draw.validation()))
                    .doesNotContainAnyElementsOf(groups(draw.train()))
                    .doesNotContainAnyElementsOf(groups(draw.test()));
            assertThat(draw.test())
                    .allSatisfy(row -> assertThat(row.metadata())
                            .containsEntry("group", row.metadata().get("contract")));
            assertKept(rows, 200);
        }
    }

    @Test
    void groupsWithAQuestionInCommonCountAsOneUnlessItIsDropped() {
        spec.set("dataset.split.groupBy: contract");
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(in("c" + i / 3, pair("rows:" + i, "question " + i, "answer")));
        }
        assertThat(draw(rows).test()).isNotEmpty();
        for (int i = 0; i < 20; i++) {
            rows.add(in("c" + i, pair("law:" + i, "Which law applies?", "That of Utopia")));
        }
        assertThatThrownBy(() -> draw(rows))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "dataset.train: has only 1 group, but train, test and validation need one each. Groups with a"
                                + " question in common count as one. Add rows of other groups, or set dataset.overlap: drop to"
                                + " divide such groups and drop the question from train.");
        spec.set("dataset.overlap: drop");
        SplitDraw divided = draw(rows);
        assertThat(groups(divided.test())).isNotEmpty().doesNotContainAnyElementsOf(groups(divided.train()));
    }

    @Test
    void aLargeGroupIsNoted() {
        spec.set("dataset.split.groupBy: contract", "dataset.validation: 0");
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(in(i < 90 ? "large" : "c" + i, pair("rows:" + i, "question " + i, "answer")));
        }
        for (int seed = 0; seed < 100; seed++) {
            spec.put("dataset.split.seed", seed);
            SplitDraw draw = draw(rows);
            if (draw.test().size() > 90) {
                assertThat(draw.notes())
                        .singleElement()
                        .asString()
                        .matches("test: 9\\d of 100 rows were drawn \\(9\\d\\.0 %\\), though dataset.test is 0.2;"
                                + " the most rows that stay together are 90");
                return;
            }
        }
        throw new AssertionError("no seed drew the large group");
    }

    @Test
    void eachLabelHasItsShare() {
        spec.set("dataset.split.stratifyBy: label");
        for (int seed = 0; seed < DATASETS; seed++) {
            spec.put("dataset.split.seed", seed);
            List<Example> rows = labelled(new Random(seed), 400);
            SplitDraw draw = draw(rows);
            Map<String, Integer> all = labels(rows);
            Map<String, Integer> test = labels(draw.test());
            Map<String, Integer> validation = labels(draw.validation());
            Map<String, Integer> train = labels(draw.train());
            all.forEach((label, count) -> {
                assertThat(train).as("the first of each label is learnt").containsKey(label);
                assertThat((double) test.getOrDefault(label, 0)).isCloseTo(0.2 * (count - 1), within(1.0));
                assertThat((double) validation.getOrDefault(label, 0)).isCloseTo(0.1 * (count - 1), within(1.2));
            });
            assertKept(rows, 100);
        }
    }

    @Test
    void runsOfAnyLengthAreDrawnFrom() {
        for (double fraction : new double[] {0.001, 0.07, 0.1, 0.29, 1 / 3.0, 0.5, 0.7, 0.9, 0.99}) {
            StratifiedDraw draw = new StratifiedDraw(1, fraction, 0, "label");
            List<DrawUnit> units = IntStream.rangeClosed(0, 5000)
                    .mapToObj(i -> new DrawUnit("u" + i, List.of(i)))
                    .toList();
            List<Split> sides = draw.sides(units, Collections.nCopies(5001, "x"));
            int drawn = 0;
            for (int i = 1; i < sides.size(); i++) {
                drawn += sides.get(i) == Split.TEST ? 1 : 0;
                assertThat((double) drawn).isCloseTo(fraction * i, within(1.0));
            }
        }
    }

    @Test
    void stratifiesByAFieldToo() {
        spec.set("dataset.split.stratifyBy: lang", "dataset.validation: 0");
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 102; i++) {
            rows.add(pair("rows:" + i, "question " + i, "answer " + i).with(Map.of("lang", i % 2 == 0 ? "de" : "en")));
        }
        assertThat(draw(rows).test().stream()
                        .collect(Collectors.groupingBy(row -> row.metadata().get("lang"), Collectors.counting())))
                .isEqualTo(Map.of("de", 10L, "en", 10L));
    }

    @Test
    void answersThatAreNoLabelsAreRefused() {
        spec.set("dataset.split.stratifyBy: label");
        List<Example> rows = IntStream.range(0, 50)
                .mapToObj(i -> pair("rows:" + i, "question " + i, "answer " + i))
                .toList();
        assertThatThrownBy(() -> draw(rows))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "dataset.split.stratifyBy: label: the first question of each value is learnt, and too few values"
                                + " have more questions to draw rows for test. Stratify by what fewer values have, or remove the"
                                + " key.");
    }

    @Test
    void theNewestAreTested() {
        spec.set("dataset.split.timeBy: day");
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(at(
                    String.format(Locale.ROOT, "2026-%02d-%02d", 1 + i / 25, 1 + i % 25),
                    pair("rows:" + i, "question " + i, "answer")));
        }
        Collections.shuffle(rows, new Random(1));
        SplitDraw draw = draw(rows);
        assertThat(days(draw.test())).hasSize(20).allMatch(day -> day.compareTo("2026-04-06") >= 0);
        assertThat(days(draw.validation())).hasSize(10).allMatch(day -> day.compareTo("2026-03-21") >= 0);
        assertThat(days(draw.train())).hasSize(70);

        // One time is never divided, and an old question that comes again is new.
        rows.add(at("2026-04-05", pair("again", "question 0", "answer")));
        rows.add(at("2026-04-05T22:00:00Z", pair("late", "question x", "answer")));
        assertThat(sides(draw(rows)).get("rows:0")).isEqualTo(sides(draw(rows)).get("again"));
    }

    @Test
    void aFixedBorderKeepsRowsWhereTheyAre() {
        spec.set(
                "dataset.split.timeBy: day",
                "dataset.test: {from: 2026-03-01}",
                "dataset.validation: {from: 2026-02-01}");
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            rows.add(at(
                    "2026-0" + (1 + i / 30) + "-1" + i % 10 + " 0" + i % 7 + ":00",
                    pair("rows:" + i, "question " + i, "answer")));
        }
        SplitDraw draw = draw(rows);
        assertThat(draw.train()).isEqualTo(rows.subList(0, 30));
        assertThat(draw.validation()).isEqualTo(rows.subList(30, 60));
        assertThat(draw.test()).isEqualTo(rows.subList(60, 90));
        rows.add(at("2026-04-01T00:00:00+02:00", pair("later", "another", "answer")));
        assertThat(sides(draw(rows))).containsAllEntriesOf(sides(draw));

        spec.set("dataset.test: {from: 2026-05-01}");
        assertThatThrownBy(() -> draw(rows))
                .hasMessage("dataset.test.from: 2026-05-01: no row is that new; the newest of"
                        + " those that are left is of 2026-04-01T00:00:00+02:00. Set an earlier time.");
        spec.set("dataset.test: {from: 2026-01-01}");
        assertThatThrownBy(() -> draw(rows))
                .hasMessage("dataset.test.from: 2026-01-01: leaves nothing to learn, because the"
                        + " oldest row is of 2026-01-10 00:00. Set a later time.");
        spec.set("dataset.test: {from: 2026-02-01}", "dataset.validation: {from: 2026-03-01}");
        assertThatThrownBy(() -> draw(rows))
                .hasMessageStartingWith("dataset.validation.from: 2026-03-01: no row is that"
                        + " new; the newest of those that are left is of 2026-01-1");
        spec.set("dataset.test: {from: \"17\"}");
        assertThatThrownBy(() -> draw(rows))
                .hasMessage("dataset.test.from: 17 is a number, but dataset.split.timeBy has a"
                        + " date, such as 2026-04-01T00:00:00+02:00.");
        spec.set("dataset.test: {from: May}");
        assertThatThrownBy(() -> draw(rows))
                .hasMessage("dataset.test.from: 'May' is no time. Write a date (2026-01-31), a"
                        + " date and time (2026-01-31T09:30:00Z), or a number.");
    }

    @Test
    void numbersAreTimes() {
        spec.set("dataset.split.timeBy: day", "dataset.validation: 0", "dataset.test: 0.5");
        List<Example> rows = List.of(
                at("9", pair("a", "qa", "1")), at("10", pair("b", "qb", "1")),
                at("1.5", pair("c", "qc", "1")), at("-3", pair("d", "qd", "1")));
        assertThat(sources(draw(rows).test())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void badTimesAreNamedByRow() {
        spec.set("dataset.split.timeBy: day");
        assertThatThrownBy(() -> draw(List.of(
                        at("2026-01-31", pair("a:1", "qa", "1")),
                        at("31.1.2026", pair("a:2", "qb", "1")),
                        at("17", pair("a:3", "qc", "1")),
                        at("2026-02-30", pair("a:4", "qd", "1")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a:2: day '31.1.2026' is no time. Write a date (2026-01-31), a date and time"
                        + " (2026-01-31T09:30:00Z), or a number.\n"
                        + "a:3: day is a number, but in a:1 it is a date. Times are compared, so all must be of one kind.\n"
                        + "a:4: day '2026-02-30' is no time. Write a date (2026-01-31), a date and time"
                        + " (2026-01-31T09:30:00Z), or a number.\n"
                        + "3 rows with problems.");
        assertThatThrownBy(() -> draw(List.of(at("5", pair("a:1", "qa", "1")), at("5", pair("a:2", "qb", "1")))))
                .hasMessage(
                        "dataset.test: 0.2: the rows left have too few different times in dataset.split.timeBy for train"
                                + " and for each drawn side. Name files in dataset.test, or draw without dataset.split.timeBy.");
    }

    @Test
    void rowsWithoutTheFieldAreNamed() {
        spec.set("dataset.split.groupBy: contract");
        List<Example> rows = List.of(
                in("c", pair("a:1", "qa", "1")),
                pair("a:2", "qb", "1").with(Map.of("contrakt", "c")),
                in(" ", pair("a:3", "qc", "1")));
        assertThatThrownBy(() -> draw(rows))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "a:2: has no 'contract' that is a text or a number, but dataset.split.groupBy names it. Did you"
                                + " mean 'contrakt'?\n"
                                + "a:3: has no 'contract' that is a text or a number, but dataset.split.groupBy names it.\n"
                                + "2 rows with problems.");
    }

    @Test
    void theSmallestDatasetsAreDivided() {
        for (int seed = 0; seed < 100; seed++) {
            spec.put("dataset.split.seed", seed);
            SplitDraw draw = draw(numbered(3));
            assertThat(draw.test()).hasSize(1);
            assertThat(draw.validation()).hasSize(1);
            assertThat(draw.train()).hasSize(1);
        }
        assertThatThrownBy(() -> draw(numbered(2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "dataset.train: has only 2 questions, but train, test and validation need one each. Add rows,"
                                + " or name files for what is drawn.");
        spec.set("dataset.validation: 0");
        assertThat(draw(numbered(2)).test()).hasSize(1);
    }

    /** The first rows are on the same sides whether or not the others come. */
    private void assertKept(List<Example> rows, int before) {
        assertThat(sides(draw(rows))).containsAllEntriesOf(sides(draw(rows.subList(0, before))));
    }

    private SplitDraw draw(List<Example> rows) {
        return SplitDraw.of(rows, List.of(), List.of(), spec.spec());
    }

    private static Map<String, Split> sides(SplitDraw draw) {
        Map<String, Split> sides = new HashMap<>();
        draw.train().forEach(row -> sides.put(row.source(), Split.TRAIN));
        draw.validation().forEach(row -> sides.put(row.source(), Split.VALIDATION));
        draw.test().forEach(row -> sides.put(row.source(), Split.TEST));
        return sides;
    }

    private static Set<String> sources(List<Example> rows) {
        return rows.stream().map(Example::source).collect(Collectors.toSet());
    }

    private static Set<String> questions(List<Example> rows) {
        return rows.stream()
                .map(row -> SameQuestion.normal(row.messages().get(0).content()))
                .collect(Collectors.toSet());
    }

    private static Set<String> groups(List<Example> rows) {
        return rows.stream()
                .map(row -> Objects.requireNonNull(row.metadata().get("contract")))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> days(List<Example> rows) {
        return rows.stream()
                .map(row -> Objects.requireNonNull(row.metadata().get("day")))
                .toList();
    }

    private static Map<String, Integer> labels(List<Example> rows) {
        Map<String, Integer> labels = new LinkedHashMap<>();
        rows.forEach(row -> labels.merge(row.answer(), 1, Integer::sum));
        return labels;
    }

    /** Rows of which some ask the same, in other spellings. */
    private static List<Example> random(Random random, int count, int questions) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String question = "question " + random.nextInt(questions);
                    return pair(
                            "rows:" + i,
                            random.nextBoolean() ? question : question.toUpperCase(Locale.ROOT) + "?",
                            "answer");
                })
                .toList();
    }

    /** Groups in random order, with questions of their own that may repeat. */
    private static List<Example> grouped(Random random, int count, int groups) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int group = random.nextInt(groups);
                    return in("c" + group, pair("rows:" + i, group + " asks " + random.nextInt(5), "answer"));
                })
                .toList();
    }

    /** Labels of very different numbers. */
    private static List<Example> labelled(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> pair("rows:" + i, "question " + i, "label " + (int) (1 / (0.02 + random.nextDouble()))))
                .toList();
    }

    private static List<Example> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> pair("rows:" + i, "question " + i, "answer"))
                .toList();
    }

    private static Example pair(String source, String question, String answer) {
        return conversation(source, question, answer);
    }

    private static Example conversation(String source, String... contents) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            messages.add(new Message(i % 2 == 0 ? Role.USER : Role.ASSISTANT, contents[i]));
        }
        return new Example(source, messages);
    }

    private static Example in(String group, Example row) {
        return row.with(Map.of("contract", group));
    }

    private static Example at(String time, Example row) {
        return row.with(Map.of("day", time));
    }
}
