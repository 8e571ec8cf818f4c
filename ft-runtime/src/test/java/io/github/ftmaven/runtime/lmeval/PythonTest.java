package io.github.ftmaven.runtime.lmeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.template.None;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CPython's {@code random}, {@code re} and {@code ast.literal_eval}; {@code tools/golden_lmeval.py} asked the first two. */
class PythonTest {
    private static JsonNode golden(String key) throws IOException {
        return new JsonMapper()
                .readTree(Path.of("src/test/resources/lmeval/python.json").toFile())
                .path(key);
    }

    private static List<Integer> list(int[] places) {
        return Arrays.stream(places).boxed().toList();
    }

    private static List<Integer> list(JsonNode places) {
        return places.valueStream().map(JsonNode::intValue).toList();
    }

    @Test
    void drawsAsCPython() throws IOException {
        for (JsonNode one : golden("sample")) {
            PythonRandom random = new PythonRandom(one.path("seed").longValue());
            for (JsonNode sample : one.path("samples")) {
                assertThat(list(random.sample(
                                one.path("n").intValue(), one.path("k").intValue())))
                        .isEqualTo(list(sample));
            }
        }
        for (JsonNode one : golden("choices")) {
            assertThat(list(new PythonRandom(one.path("seed").longValue())
                            .choices(one.path("n").intValue())))
                    .isEqualTo(list(one.path("choices")));
        }
    }

    @Test
    void findsAsPython() throws IOException {
        assertThat(golden("re").size()).isGreaterThan(15);
        for (JsonNode one : golden("re")) {
            Pattern pattern = PythonRegex.compile(one.path("pattern").textValue());
            String text = one.path("text").textValue();
            List<List<String>> found = one.path("found")
                    .valueStream()
                    .map(each -> each.isArray()
                            ? each.valueStream().map(JsonNode::textValue).toList()
                            : List.of(each.textValue()))
                    .toList();
            assertThat(PythonRegex.findAll(pattern, text)).as(pattern.pattern()).isEqualTo(found);
            assertThat(PythonRegex.remove(pattern, text))
                    .as(pattern.pattern())
                    .isEqualTo(one.path("removed").textValue());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?x)a b | the flags x are not supported, only i, m, s and u",
                "(?a:\\w) | the flags a are not supported, only i, m, s and u",
                "(a)?(?(1)b) | the group (?(1 is not supported",
                "\\p{L} | \\p is not supported",
                "\\Qa\\E | \\Q is not supported",
                "\\07 | \\0 is not supported",
                "(a)\\2 | there is no group 2",
                "(?P=x) | there is no group 'x'",
                "[a | the set [a has no end",
                "[z-a] | a range of a set ends before it begins",
                "a(?i)b | flags of the whole pattern stand at its start",
                "(a | Unclosed group",
                "a\\ | it ends with a backslash",
                "\\x4 | an escape wants 2 hexadecimal digits",
            })
    void refusesPatternsThatDiffer(String pattern, String message) {
        assertThatThrownBy(() -> PythonRegex.compile(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void readsLiterals() {
        assertThat(PythonLiteral.parse("['a', \"b'c\", 'it\\'s \\n\\x41\\u00e9', 'a' 'b']"))
                .contains(List.of("a", "b'c", "it's \nA\u00e9", "ab"));
        assertThat(PythonLiteral.parse(" [1, -2.5, True, None, (3,), {'a': [1e3]},]"))
                .contains(List.of(1L, -2.5, true, None.NONE, List.of(3L), Map.of("a", List.of(1000.0))));
        assertThat(PythonLiteral.parse("[r'\\d', '''x\ny''']")).contains(List.of("\\d", "x\ny"));
        for (String none : List.of("[a]", "['a'", "['a' 1]", "[1 2]", "012", "", "f()", "['\n']")) {
            assertThat(PythonLiteral.parse(none)).as(none).isEmpty();
        }
    }
}
