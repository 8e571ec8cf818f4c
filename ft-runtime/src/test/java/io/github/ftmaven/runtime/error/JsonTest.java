package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
    static List<Arguments> tooMuch() {
        return Stream.of(Json.strict(), Json.lenient())
                .flatMap(mapper -> Map.of(
                                "[1, " + "1".repeat(1001) + "]",
                                "a number has 1001 digits; the limit is 1000",
                                "[1, " + "1".repeat(1001) + ".5]",
                                "a number has 1002 digits; the limit is 1000",
                                "[".repeat(1001),
                                "it is nested more than 1000 levels deep",
                                "{\"a\":".repeat(1001),
                                "it is nested more than 1000 levels deep",
                                "{\"" + "a".repeat(50_001) + "\": 1}",
                                "a key has 50001 characters; the limit is 50000")
                        .entrySet()
                        .stream()
                        .map(each -> Arguments.of(mapper, each.getKey(), each.getValue())))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void saysWhatIsBeyondItsLimitsAndWhere(JsonMapper mapper, String json, String text) {
        for (Object form : List.of(json, json.getBytes(StandardCharsets.UTF_8))) {
            JsonProblem problem = JsonProblem.of(catchThrowableOfType(JsonProcessingException.class, () -> {
                if (form instanceof byte[] bytes) {
                    mapper.readTree(bytes);
                } else {
                    mapper.readTree(json);
                }
            }));
            assertThat(problem.text()).isEqualTo(text);
            assertThat(problem.position()).startsWith(":1:");
        }
    }

    @Test
    void readsTextsOfAnyLength() throws JsonProcessingException {
        String text = "x".repeat(21_000_000);
        assertThat(Json.strict()
                        .readTree("{\"text\": \"" + text + "\"}")
                        .path("text")
                        .textValue())
                .hasSize(21_000_000);
        assertThat(Json.lenient().readTree("[\"" + text + "\"]").path(0).textValue())
                .hasSize(21_000_000);
    }

    @Test
    void takesNoKeyTwiceAndOneDocument() {
        assertThat(problem("{\"a\": 1, \"a\": 2}")).isEqualTo("duplicate key 'a'");
        assertThat(problem("{} {}")).isEqualTo("more text follows the end of the value");
    }

    private static String problem(String json) {
        return JsonProblem.of(catchThrowableOfType(
                        JsonProcessingException.class, () -> Json.strict().readTree(json)))
                .text();
    }
}
