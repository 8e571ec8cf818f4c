package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of value at every key: what is not meant there is an error with its line and column. */
class FormCheckTest {
    private static final Map<Character, String> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put('t', "some text");
        VALUES.put('n', "5");
        VALUES.put('b', "true");
        VALUES.put('z', "null");
        VALUES.put('l', "[some text]");
        VALUES.put('L', "[5]");
        VALUES.put('m', "{a: 1}");
        VALUES.put('q', "'0.5'");
        VALUES.put('i', ".inf");
    }

    @TempDir
    private Path directory;

    /** Keys, and the kinds of values that are meant there, each with a mark where the key stands. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@                            | description | tq",
                "@                            | tags        | ",
                "@                            | prompts     | tqlmL",
                "@                            | providers   | tqlmL",
                "@                            | targets     | tqlmL",
                "@                            | tests       | tqlmL",
                "@                            | scenarios   | tqlL",
                "@                            | defaultTest | tqm",
                "@                            | outputPath  | tql",
                "@                            | sharing     | bm",
                "@                            | nunjucksFilters | m",
                "@                            | env         | m",
                "@                            | derivedMetrics | lLm",
                "@                            | writeLatestResults | b",
                "@                            | evaluateOptions | m",
                "@                            | commandLineOptions | m",
                "evaluateOptions: {@}         | repeat      | n",
                "evaluateOptions: {@}         | delay       | n",
                "evaluateOptions: {@}         | maxConcurrency | n",
                "evaluateOptions: {@}         | timeoutMs   | n",
                "evaluateOptions: {@}         | filterRange | tq",
                "evaluateOptions: {@}         | cache       | b",
                "commandLineOptions: {@}      | repeat      | n",
                "commandLineOptions: {@}      | maxConcurrency | n",
                "tests: [{assert: [], @}]     | vars        | tqlm",
                "tests: [{assert: [], @}]     | threshold   | n",
                "tests: [{assert: [], @}]     | description | tq",
                "tests: [{assert: [], @}]     | metadata    | m",
                "tests: [{assert: [], @}]     | options     | m",
                "tests: [{assert: [], @}]     | providers   | l",
                "tests: [{assert: [], @}]     | prompts     | l",
                "tests: [{assert: [], @}]     | assertScoringFunction | tq",
                "tests: [{vars: {}, @}]       | assert      | lL",
                "defaultTest: {@}             | threshold   | n",
                "defaultTest: {@}             | assert      | lL",
                "defaultTest: {options: {@}}  | repeat      | n",
                "tests: [{assert: [], options: {@}}] | prefix | tq",
                "tests: [{assert: [], options: {@}}] | transform | tq",
                "tests: [{assert: [], options: {@}}] | storeOutputAs | tq",
                "tests: [{assert: [], options: {@}}] | disableVarExpansion | b",
                "tests: [{assert: [], options: {@}}] | repeat | n",
                "tests: [{assert: [{type: is-json, @}]}] | threshold | n",
                "tests: [{assert: [{type: is-json, @}]}] | weight | n",
                "tests: [{assert: [{type: is-json, @}]}] | metric | tq",
                "tests: [{assert: [{type: is-json, @}]}] | transform | tq",
                "tests: [{assert: [{type: is-json, @}]}] | config | m",
                "tests: [{assert: [{type: assert-set, assert: [{type: is-json, @}]}]}] | weight | n",
                "tests: [{assert: [{type: assert-set, @, assert: [{type: is-json}]}]}] | threshold | n",
                "tests: [{assert: [{type: assert-set, @}]}] | assert | lL",
                "tests: [{assert: [{@}]}]     | type        | tq",
                "providers: [{@}]             | id          | tq",
                "providers: [{id: echo, @}]   | label       | tq",
                "providers: [{id: echo, @}]   | config      | m",
                "providers: [{id: echo, @}]   | prompts     | l",
                "providers: [{id: echo, @}]   | delay       | n",
                "providers: [{id: echo, @}]   | transform   | tq",
                "providers: [{@}]             | echo        | m",
                "prompts: [{@}]               | raw         | tq",
                "prompts: [{raw: x, @}]       | label       | tq",
                "scenarios: [{tests: [], @}]  | config      | tqlL",
                "scenarios: [{config: [], @}] | tests       | tqlLm",
                "derivedMetrics: [{name: x, @}] | value     | tq",
                "derivedMetrics: [{value: '1', @}] | name   | tq",
            })
    void saysWhereWhatIsNotMeantStands(String line, String key, @Nullable String meant) throws IOException {
        List<String> silent = new ArrayList<>();
        for (Map.Entry<Character, String> each : VALUES.entrySet()) {
            if (meant != null && meant.indexOf(each.getKey()) >= 0) {
                continue;
            }
            String written = line.replace("@", key + ": " + each.getValue());
            int column = line.indexOf('@') + 1;
            write("# a suite\n" + written + "\n");
            try {
                read();
                silent.add(written);
            } catch (InvalidInputException e) {
                String text = String.valueOf(e.getMessage());
                assertThat(text.lines().anyMatch(one -> isAt(one, column)))
                        .as(written + "\n" + text)
                        .isTrue();
                assertThat(text).as(written).doesNotContain("Exception", "java.", "Node", "null");
            }
        }
        assertThat(silent).isEmpty();
    }

    /** At the key, or at what is wrong within its value. */
    private static boolean isAt(String message, int column) {
        Matcher place = Pattern.compile("s\\.yaml:2:([0-9]+): .* (must be|has no value).*")
                .matcher(message);
        return place.matches() && Integer.parseInt(place.group(1)) >= column;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tests: [{assert: ['contains: 1']}] | 2:19 | an assertion must be a mapping with a type, such as {type: contains,"
                        + " value: abc}, not the text 'contains: 1'. Remove the quotes, and write a type.",
                "tests: [{assert: [x]}] | 2:19 | an assertion must be a mapping with a type, such as {type: contains, value: abc},"
                        + " not the text 'x'.",
                "tests: [{assert: [[{type: is-json}]]}] | 2:19 | an assertion must be a mapping with a type, such as {type:"
                        + " contains, value: abc}, not a list. Is there a dash too many?",
                "tests: [{assert: [{contains: x}]}] | 2:19 | an assertion must be a mapping with a type, such as {type: contains,"
                        + " value: abc}. Write {type: contains, value: …}.",
                "tests: [{assert: {type: is-json}}] | 2:10 | assert must be a list of assertions, each behind a dash, not a"
                        + " mapping. Did you forget a dash before it?",
                "tests: [{assert: is-json}] | 2:10 | assert must be a list of assertions, each behind a dash, not the text"
                        + " 'is-json'.",
                "derivedMetrics: {a: 1} | 2:1 | derivedMetrics must be a list of name and value, not a mapping. Did you"
                        + " forget a dash before it?",
                "tests: [{assert: [{type: javascript, value: '1', threshold: '0.5'}]}] | 2:50 | threshold must be a number,"
                        + " not the text '0.5'. Remove the quotes.",
                "evaluateOptions: {repeat: 1000000000} | 2:19 | evaluateOptions.repeat must be a whole number from 1 to"
                        + " 10000, not 1000000000.",
                "tests: {vars: {x: 1}} | 2:1 | tests must be a list of tests, or the path of a file, not a mapping. Did you"
                        + " forget a dash before it?",
                "tests: [{$ref: 'other.yaml#/a'}] | 2:9 | $ref: 'other.yaml#/a' is in another file, but references work only"
                        + " within a file. Move it here, under definitions.",
                "tests: [{assert: [{$ref: '#/definitions/a'}]}] | 2:19 | $ref: '#/definitions/a' does not exist in this"
                        + " file.",
                "tests: ['file://t.py:make', t.xlsx#Sheet1] | 2:9 | tests cannot be read from t.py:make. Supported are CSV, JSON,"
                        + " JSONL, YAML and JavaScript functions.",
                "prompts: ['file://p.py:make'] | 2:11 | the prompt p.py:make is a program in an unsupported language. Use a"
                        + " text, or JavaScript.",
            })
    void saysWhatWasProbablyMeant(String line, String place, String message) throws IOException {
        write("# a suite\n" + line + "\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("s.yaml:" + place + ": " + message);
    }

    @Test
    void knowsPlacesWithinWhatIsReferredTo() throws IOException {
        write("""
                definitions:
                  a: {type: javascript, value: '1', threshold: '0.5'}
                prompts: [a]
                providers: [echo]
                tests: [{assert: [{$ref: '#/definitions/a', weight: '2'}]}]
                """);
        assertThatThrownBy(this::read)
                .hasMessage("s.yaml:2:37: threshold must be a number, not the text '0.5'. Remove the quotes.\n"
                        + "s.yaml:5:45: weight must be a number, not the text '2'. Remove the quotes.");
    }

    @Test
    void referencesEnd() throws IOException {
        write("x-a: {x: {$ref: '#/x-a'}}\nprompts: [a]\nproviders: [echo]\ntests: [{assert: [{type: is-json}]}]\n");
        assertThatThrownBy(this::read).hasMessageStartingWith("s.yaml: a $ref contains itself");
        StringBuilder text = new StringBuilder("x-0: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 10; i++) {
            text.append("x-").append(i).append(": [");
            text.append(("{$ref: '#/x-" + (i - 1) + "'}, ").repeat(10)).append("1]\n");
        }
        write(text + "prompts: [a]\nproviders: [echo]\ntests: [{assert: [{type: is-json}]}]\n");
        assertThatThrownBy(this::read).hasMessageStartingWith("s.yaml: a $ref contains itself");
    }

    @Test
    void namesTheLineOfOtherFiles() throws IOException {
        Files.writeString(directory.resolve("t.jsonl"), "{\"vars\": {}, \"assert\": [], \"threshold\": \"1\"}\n");
        Files.writeString(directory.resolve("t.json"), "[{\"vars\": {},\n \"assert\": {\"type\": \"is-json\"}}]\n");
        Files.writeString(directory.resolve("p.yaml"), "id: echo\ndelay: '10'\n");
        Files.writeString(directory.resolve("sc.yaml"), "config: 5\ntests: []\n");
        write("prompts: [a]\nproviders: [file://p.yaml]\ntests: [t.jsonl, t.json]\nscenarios: [file://sc.yaml]\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("t.jsonl:1: threshold must be a number, not the text '1'. Remove the quotes.")
                .hasMessageContaining("t.json:2:2: assert must be a list")
                .hasMessageContaining("p.yaml:2:1: delay must be a number from 0 to 2147483647, not the text '10'.")
                .hasMessageContaining("sc.yaml:1:1: config must be text or a list");
    }

    private void write(String text) throws IOException {
        Files.writeString(directory.resolve("s.yaml"), text);
    }

    private Suite read() {
        return SuiteReader.read(directory.resolve("s.yaml"), "s.yaml", false, Map.of());
    }
}
