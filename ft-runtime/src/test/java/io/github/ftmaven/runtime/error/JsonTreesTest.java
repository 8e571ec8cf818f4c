package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreesTest {
    private static final JsonTrees STRICT = Json.strictTrees();
    private static final JsonTrees LENIENT = Json.lenientTrees();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "null",
                "true",
                "\"a \\u00e9\\n\\\"b\\ud83d\\ude00\"",
                "[]",
                "{}",
                "[1, -2147483648, 2147483648, -9223372036854775808, 9223372036854775808, 0.1, -0.0, 1e3, 1.0, 1e400]",
                "{\"a\": {\"b\": [null, true, false, {\"c\": \"\"}]}, \"\": [[[]]], \"z\": 1, \"a2\": 2}"
            })
    void readsAndWritesWhatJacksonsMapperDoes(String json) throws Exception {
        JsonNode expected = Json.strict().readTree(json);

        assertThat(STRICT.read(json)).isEqualTo(expected);
        assertThat(LENIENT.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
        assertThat(LENIENT.read(json.getBytes(StandardCharsets.UTF_16))).isEqualTo(expected);
        assertThat(LENIENT.write(expected)).isEqualTo(Json.lenient().writeValueAsString(expected));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        assertThat(LENIENT.write(expected, printer))
                .isEqualTo(Json.lenient().writer(printer).writeValueAsString(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "{} x",
                "{\"a\": 1",
                "[1, 2",
                "{\"a\" 1}",
                "[True]",
                "[NaN]",
                "\"a",
                "[01]",
                "]"
            })
    void failsWhereJacksonsMapperDoesWithWordsOfTheSameMeaning(String json) {
        JsonProcessingException expected = catchThrowableOfType(
                JsonProcessingException.class, () -> Json.strict().readTree(json));

        assertThatThrownBy(() -> STRICT.read(json))
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        e -> assertThat(JsonProblem.of(e)).isEqualTo(JsonProblem.of(expected)));
    }

    @Test
    void ofAKeyThatStandsTwiceTheLastCountsWhereThatIsAllowed() throws Exception {
        String json = "{\"a\": 1, \"b\": 2, \"a\": 3} and more";

        assertThat(LENIENT.write(LENIENT.read(json))).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void tellsWhereItIsNestedTooDeep() throws Exception {
        assertThat(STRICT.read("[".repeat(Json.DEEPEST) + "]".repeat(Json.DEEPEST))
                        .size())
                .isEqualTo(1);
        assertThatThrownBy(() -> STRICT.read("[".repeat(Json.DEEPEST + 1)))
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        e -> assertThat(JsonProblem.of(e))
                                .isEqualTo(new JsonProblem(
                                        "it is nested more than 1000 levels deep", 1, Json.DEEPEST + 2)));
    }

    @Test
    void writesWhateverATreeOfOursHolds() throws Exception {
        ObjectNode tree = JsonTrees.object();
        tree.put("short", (short) 1).put("float", 0.1F).put("decimal", new BigDecimal("1.50"));
        tree.put("nan", Double.NaN).putRawValue("raw", new RawValue("{\"x\": 1}"));

        assertThat(LENIENT.write(tree)).isEqualTo(Json.lenient().writeValueAsString(tree));
    }
}
