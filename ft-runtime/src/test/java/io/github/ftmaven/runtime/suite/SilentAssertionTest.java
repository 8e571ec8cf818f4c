package io.github.ftmaven.runtime.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Assertions that promptfoo passes whatever the answer is: errors with their place, unless leniency is asked for. */
class SilentAssertionTest {
    private static final String HEAD = "prompts: [hello]\nproviders: [echo]\ntests:\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "- assert: [{type: assert-set, assert: []}] | 4:33 | an assert-set without assertions lets every answer pass. Add some, or remove it.",
                "- assert: [{type: assert-set, threshold: 0, assert: [{type: equals, value: x}]}] | 4:33 | a threshold of 0 lets every answer pass, whatever the assertions find. Remove it, or raise it.",
                "- {threshold: 0, assert: [{type: equals, value: x}]} | 4:5 | a threshold of 0 lets every answer pass, whatever the assertions find. Remove it, or raise it.",
                "- {threshold: -1, assert: [{type: equals, value: x}]} | 4:5 | a threshold of -1 lets every answer pass, whatever the assertions find. Remove it, or raise it.",
                "- assert: [{type: equals, value: x, weight: 0}] | 4:15 | every assertion of this test has weight 0, so any answer passes. Give one a weight, or add one that counts.",
                "- assert: [{type: assert-set, assert: [{type: equals, value: x, weight: 0}]}] | 4:15 | every assertion of this test has weight 0, so any answer passes. Give one a weight, or add one that counts.",
                "- assert: [{type: equals, value: x, weight: -1}] | 4:39 | weight must be a number of 0 or more, not -1.",
                "- assert: [{type: contains-all, value: []}] | 4:35 | contains-all has no text to look for, so every answer passes.",
                "- assert: [{type: contains-all, value: ' , '}] | 4:35 | contains-all has no text to look for, so every answer passes.",
                "- assert: [{type: not-contains-any, value: []}] | 4:39 | not-contains-any has no text to look for, so every answer passes.",
                "- assert: [{type: contains-any, value: ''}] | 4:35 | contains-any has no text to look for, so no answer passes.",
                "- assert: [{type: icontains-any, value: [x, '']}] | 4:36 | icontains-any looks for an empty text, which every answer contains.",
                "- assert: [{type: contains-any}] | 4:15 | contains-any needs a list of texts.",
                "- assert: [{type: starts-with, value: ''}] | 4:34 | starts-with needs a value that is not empty.",
                "- assert: [{type: contains}] | 4:15 | contains needs a value that is not empty.",
                "- assert: [{type: regex, value: ''}] | 4:28 | regex needs a value that is not empty.",
                "- assert: [{type: equals}] | 4:15 | equals needs a value.",
                "- assert: [{type: not-rouge-n, value: ''}] | 4:34 | not-rouge-n has an empty value, which checks nothing.",
                "- assert: [{type: is-json, value: ''}] | 4:30 | is-json has an empty value, which checks nothing.",
                "- assert: [{type: word-count, value: {min: ten}}] | 4:33 | min and max of word-count must be whole numbers, not \"ten\".",
                "- assert: [{type: word-count, value: {min: 0}}] | 4:33 | word-count without max, and with a min of 0 or none, lets every answer pass.",
                "- assert: [{type: word-count, value: {min: 3, max: 1}}] | 4:33 | word-count has a min greater than its max.",
                "- assert: [{type: word-count, value: 2.5}] | 4:33 | word-count needs a whole number, or a mapping with min or max.",
                "- assert: [{type: latency}] | 4:15 | latency needs a threshold.",
                "- assert: [{type: not-perplexity}] | 4:15 | not-perplexity needs a threshold.",
                "- assert: [{type: bleu, value: x, threshold: 0}] | 4:37 | a threshold of 0 lets every answer pass: the score of bleu is between 0 and 1.",
                "- assert: [{type: not-gleu, value: x, threshold: 1.5}] | 4:41 | a threshold of 1.5 lets every answer pass: the score of gleu is between 0 and 1.",
                "- assert: [{type: equals, value: '{{nothing}}'}] | 4:15 | the value of equals uses the variable nothing, which this test does not set.",
                "- assert: [{type: contains-any, value: [x, '{{ nothing }}']}] | 4:15 | the value of contains-any uses the variable nothing, which this test does not set.",
                "- assert: [{type: assert-set, assert: [{type: starts-with, value: 'a {{nothing}}'}]}] | 4:43 | the value of starts-with uses the variable nothing, which this test does not set."
            })
    void isAnErrorWithItsPlace(String test, String place, String message) throws Exception {
        Path file = write(test);
        assertThatThrownBy(() -> SuiteReader.read(file, "s.yaml", false, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("s.yaml:" + place + ": " + message);
        Suite lenient = SuiteReader.read(file, "s.yaml", true, Map.of());
        assertThat(lenient.warnings()).containsExactly("s.yaml:" + place + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- {threshold: .nan, assert: [{type: equals, value: x}]} | 4:6 | threshold must be a number, not NaN.",
                "- assert: [{type: equals, value: x, weight: .nan}] | 4:39 | weight must be a number, not NaN."
            })
    void isAnErrorAlsoWhereLenient(String test, String place, String message) throws Exception {
        Path file = write(test);
        assertThatThrownBy(() -> SuiteReader.read(file, "s.yaml", true, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("s.yaml:" + place + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- assert: [{type: equals, value: x, weight: 0}, {type: equals, value: hello}]",
                "- {threshold: 0.5, assert: [{type: equals, value: hello}]}",
                "- assert: [{type: equals, value: ''}, {type: not-equals, value: x}]",
                "- assert: [{type: word-count, value: '1'}, {type: word-count, value: {min: 0, max: 2}}]",
                "- assert: [{type: levenshtein, value: hello, threshold: 0}, {type: cost, threshold: 0}]",
                "- {vars: {n: '1'}, assert: [{type: word-count, value: '{{n}}'}, {type: is-json, weight: 0}]}",
                "- assert: [{type: javascript, value: '0', threshold: 0}, {type: is-xml, weight: 0, value: {}}]"
            })
    void othersAreNot(String test) throws Exception {
        assertThat(SuiteReader.read(write(test), "s.yaml", false, Map.of()).warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: contains-any, value: [x, '{{v}}']} | contains-any: {{v}} is empty in this row",
                "{type: contains-all, value: '{{v}}'} | contains-all: {{v}} is empty in this row",
                "{type: word-count, value: '{{v}}'} | word-count: {{v}} is empty in this row",
                "{type: not-starts-with, value: '{{v}}'} | not-starts-with: {{v}} is empty in this row"
            })
    void whatComesOutEmptyIsTheRowsError(String assertion, String message) throws Exception {
        Path file = write("- {vars: {v: ''}, assert: [" + assertion + "]}\n  - assert: [{type: equals, value: hello}]");
        List<ResultRow> rows = run(SuiteReader.read(file, "s.yaml", false, Map.of()));
        assertThat(rows.get(0).error()).isEqualTo("Error: " + message);
        assertThat(rows.get(1).passed()).isTrue();
    }

    @Test
    void lenientlyItIsJudgedAsPromptfooDoes() throws Exception {
        Path file = write("- {vars: {v: ''}, assert: [{type: contains-any, value: [x, '{{v}}']}]}");
        assertThat(run(SuiteReader.read(file, "s.yaml", true, Map.of())).get(0).passed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "({pass: true, score: 1e400, reason: \"x\"}) | The script returned a score that is not a finite number: ",
                "({pass: true, score: NaN, reason: \"x\"}) | The script returned a score that is not a finite number: ",
                "1/0 | The script returned Infinity, which is not a finite number: ",
                "0/0 | The script returned NaN, which is not a finite number: "
            })
    void aScoreThatIsNoNumberIsTheRowsError(String code, String message) throws Exception {
        Path file = write("- assert: [{type: javascript, value: '" + code + "'}]");
        ResultRow row = run(SuiteReader.read(file, "s.yaml", false, Map.of())).get(0);
        assertThat(row.error()).isEqualTo("Error: " + message + " " + code);
    }

    private Path write(String test) throws Exception {
        return Files.writeString(directory.resolve("s.yaml"), HEAD + "  " + test + "\n", UTF_8);
    }

    private static List<ResultRow> run(Suite suite) {
        return new SuiteRun(suite, Map.of(), Map.of(), (done, total) -> {}).run();
    }
}
