package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonProblemTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static Stream<Arguments> sentences() {
        return Stream.of(
                Arguments.of("{\"a\": NaN}", "NaN is not a JSON number; write null, or leave it out"),
                Arguments.of("{\"a\": -Infinity}", "-Infinity is not a JSON number; write null, or leave it out"),
                Arguments.of("{\"a\": None}", "None is Python's; JSON writes null"),
                Arguments.of("{\"a\": True}", "True is Python's; JSON writes true"),
                Arguments.of("{\"a\": abc}", "abc is not a JSON value; put text in double quotes"),
                Arguments.of("{'a': 1}", "a single quote where a key in double quotes is expected"),
                Arguments.of("{\"a\": 'b'}", "a single quote where a value is expected"),
                Arguments.of("{\"a\": 1,}", "'}' where a key in double quotes is expected"),
                Arguments.of("[1,]", "']' where a value is expected"),
                Arguments.of("{\"a\" 1}", "'1' where a colon is expected"),
                Arguments.of("{\"a\": 1 \"b\"}", "'\"' where a comma is expected"),
                Arguments.of("\"a\nb\"", "a line break within a text; write it as \\n"),
                Arguments.of("\"a\tb\"", "a tab within a text; write it as \\t"),
                Arguments.of("\"a\u0001b\"", "a control character (code 1)"),
                Arguments.of("\u0000", "a control character (code 0)"),
                Arguments.of("01", "a number begins with 0"),
                Arguments.of("[1.]", "']' in a number"),
                Arguments.of("+1", "'+' in a number"),
                Arguments.of("\"\\x\"", "the unknown escape \\x"),
                Arguments.of("\"\\u1g\"", "'g' in a \\u escape of four hexadecimal digits"),
                Arguments.of("\"a", "it ends before a text is closed with a double quote"),
                Arguments.of("[1", "it ends before a list is closed with ]"),
                Arguments.of("{\"a\": 1", "it ends before an object is closed with }"),
                Arguments.of("{\"a\":", "it ends too early"),
                Arguments.of("{} {}", "more text follows the end of the value"),
                Arguments.of("{\"a\": 1, \"a\": 2}", "duplicate key 'a'"),
                Arguments.of("1".repeat(1200), "a number has 1200 digits; the limit is 1000"),
                Arguments.of("[".repeat(1200), "it is nested more than 1000 levels deep"),
                Arguments.of(
                        "\"" + "x".repeat(20_000_001) + "\"", "a text has 20000001 characters; the limit is 20000000"),
                Arguments.of("{\"" + "x".repeat(50_001) + "\": 1}", "a key has 50001 characters; the limit is 50000"),
                Arguments.of("\uFEFF{}", "a byte order mark within the text; remove it"),
                Arguments.of("// a", "a comment, which JSON does not allow"),
                Arguments.of("[1}", "'}' where ']' is expected"),
                Arguments.of("]", "an unmatched ']'"));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void saysItWithoutTheParsersWords(String json, String sentence) {
        assertThatThrownBy(() -> JSON.readTree(json))
                .asInstanceOf(InstanceOfAssertFactories.type(JsonProcessingException.class))
                .extracting(e -> JsonProblem.of(e).text())
                .isEqualTo(sentence);
    }

    @Test
    void saysWhere() {
        JsonProblem problem = new JsonProblem("it ends too early", 2, 5);
        assertThat(problem.position()).isEqualTo(":2:5");
        assertThat(problem.position(7)).isEqualTo(":8:5");
        assertThat(new JsonProblem("a number has 1200 digits", 0, 0).position()).isEmpty();
        assertThat(new JsonProblem("a number has 1200 digits", 0, 0).position(7))
                .isEqualTo(":7");
    }
}
