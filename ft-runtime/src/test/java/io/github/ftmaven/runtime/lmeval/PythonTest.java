package io.github.ftmaven.runtime.lmeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.python.RegexCostException;
import io.github.ftmaven.runtime.template.None;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** What CPython 3.11 answers of every character up to U+FFFF. */
    @Test
    void hasPythonsWhiteSpace() {
        String space = "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004"
                + "\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            String text = String.valueOf(c);
            assertThat(PythonText.isSpace(text)).as("U+%04X", (int) c).isEqualTo(space.indexOf(c) >= 0);
        }
        assertThat(PythonText.split(space + "a" + space + "b c" + space)).containsExactly("a", "b", "c");
        assertThat(PythonText.split(space)).isEmpty();
        assertThat(PythonText.words("")).isEqualTo(1);
        assertThat(PythonText.words(space)).isEqualTo(2);
        assertThat(PythonText.words("a" + space + "b c")).isEqualTo(3);
        assertThat(PythonText.strip(space + "a b" + space)).isEqualTo("a b");
    }

    /** What sacrebleu 2.6.0 makes of the same. */
    @Test
    void bleuSplitsWherePythonDoes() {
        assertThat(bleu("the cat sat on a mat-", "the\u001fcat sat on a mat-\n\u00a0"))
                .isCloseTo(1, within(1e-12));
        assertThat(bleu("a b c d -", "a b c d-\n\u00a0")).isCloseTo(0.463077716199103, within(1e-12));
    }

    private static double bleu(String expected, String answer) {
        SacreBleu bleu = new SacreBleu();
        bleu.add(expected, answer);
        return bleu.score();
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
        assertThat(golden("re").size()).isGreaterThan(35);
        for (JsonNode one : golden("re")) {
            PythonRegex pattern = PythonRegex.compile(one.path("pattern").textValue());
            String text = one.path("text").textValue();
            List<List<String>> found = one.path("found")
                    .valueStream()
                    .map(each -> each.isArray()
                            ? each.valueStream().map(JsonNode::textValue).toList()
                            : List.of(each.textValue()))
                    .toList();
            assertThat(pattern.findAll(text)).as(pattern.pattern()).isEqualTo(found);
            assertThat(pattern.remove(text))
                    .as(pattern.pattern())
                    .isEqualTo(one.path("removed").textValue());
            assertThat(pattern.matchesStart(text))
                    .as(pattern.pattern())
                    .isEqualTo(one.path("start").booleanValue());
            assertThat(pattern.matches(text))
                    .as(pattern.pattern())
                    .isEqualTo(one.path("whole").booleanValue());
        }
    }

    @Test
    void refusesWhatPythonRefuses() throws IOException {
        assertThat(golden("wrong").size()).isGreaterThan(15);
        for (JsonNode one : golden("wrong")) {
            assertThatThrownBy(() -> PythonRegex.compile(one.textValue()))
                    .as(one.textValue())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Each of these overflows the stack of Java's own engine, or takes it years. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`(\\w| )*`",
                "`(.|\\n)*;`",
                "`(a+)+$`",
                "`(a|a)*b`",
                "`(?:(?:a?)*)*b`",
                "`a*a*a*a*a*b`",
                "`(?=(a|aa)+$)a*b`",
                "`(?i)(?:[a-z]+\\s?)+\\.`",
                "`((a|ab)(c|bcd)*)*$`",
                "`^(a?){200}a{200}$`",
            })
    void endsOnLongTexts(String pattern) {
        PythonRegex regex = PythonRegex.compile(pattern);
        String text = "a".repeat(50_000) + "!";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            regex.findAll(text);
            regex.remove(text);
            regex.matches(text);
        });
    }

    @Test
    void givesUpWhereNoBoundIsKnown() {
        PythonRegex regex = PythonRegex.compile("(a*)*(a*)*\\1b");
        String text = "a".repeat(3_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> regex.findAll(text))
                        .isInstanceOf(RegexCostException.class)
                        .hasMessage(
                                "the pattern (a*)*(a*)*\\1b takes too long on a text of 3000 characters. Write it so"
                                        + " that there are fewer ways to match one text, without repetitions in repetitions and"
                                        + " references to groups."));
    }

    /** Nothing of a pattern is followed by Java's own stack, nor multiplied without end. */
    @Test
    void boundsThePatternItself() {
        for (String pattern : List.of(
                "(".repeat(100_000),
                "(?:".repeat(5_000) + "a" + ")".repeat(5_000),
                "(?(1)".repeat(5_000),
                "((a{999}){999}){999}",
                "(?:){2000000000}".repeat(3) + "(",
                "[".repeat(100_000),
                "a{99999999999}")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> PythonRegex.compile(pattern))
                            .isInstanceOf(IllegalArgumentException.class));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?L)a b | the flags L are not supported, only a, i, m, s, u and x",
                "(?a:\\w) | the flags a and u are supported only at the start, for the whole pattern",
                "(a)++ | a group within a repetition that is followed by + is not supported. Write (?:...)",
                "\\p{L} | \\p is not supported",
                "\\Qa\\E | \\Q is not supported",
                "(a)\\2 | there is no group 2",
                "(?P=x) | there is no group 'x'",
                "[a | the set [a is not closed",
                "[z-a] | a range of a set ends before it begins",
                "a(?i)b | global flags must stand at the start of the pattern",
                "(a | a group is not closed",
                "a) | unmatched )",
                "a\\ | it ends with a backslash",
                "\\x4 | an escape needs 2 hexadecimal digits",
                "+a | nothing stands before the repetition +",
                "(a(?(1)b)) | a condition on its own group is not supported",
                "a+* | a repetition is repeated: *",
                "(?<=a+)b | a look-behind must have a fixed length",
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
