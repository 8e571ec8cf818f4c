package io.github.ftmaven.runtime.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No row of a suite decides another, and what cannot be judged is an error. */
class SuiteSandboxTest {
    @TempDir
    Path directory;

    @Test
    void aCellThatChangesTheEngineTurnsNoLaterRowGreen() throws IOException {
        Files.writeString(directory.resolve("t.csv"), """
                o,q,__expected
                x,"{{ o.constructor.constructor('RegExp.prototype.test=function(){return true}')() }}hello",icontains:hello
                x,"{{ o.constructor.constructor('JSON.stringify=function(){return String.fromCharCode(123,125)}')() }}hello",icontains:hello
                x,a wrong answer,regex:^good$
                x,a wrong answer,"javascript:/^good$/.test(output)"
                """);
        assertThat(verdicts("""
                prompts: ['{{q}}']
                providers: [echo]
                tests: file://t.csv
                """)).containsExactly("pass", "pass", "fail", "fail");
    }

    @Test
    void aScriptThatIsStoppedOrLacksSomethingIsAnErrorAndOneThatThrowsFails() throws IOException {
        assertThat(verdicts("""
                prompts: [hello]
                providers: [echo]
                tests:
                  - assert: [{type: javascript, value: "fetch('http://a')"}]
                  - assert: [{type: javascript, value: "(() => { try { return new WeakRef({}) } catch { return false } })()"}]
                  - assert: [{type: not-javascript, value: "(function f() { return f() + 1 })()"}]
                  - assert: [{type: javascript, value: "(() => { throw new Error('bad answer') })()"}]
                  - assert: [{type: javascript, value: "undefinedThing"}]
                  - assert: [{type: javascript, value: "new URL('https://a.b/c?d=1').searchParams.get('d') === '1'"}]
                """))
                .containsExactly(
                        "The script uses fetch, which is not available in the sandbox: fetch('http://a')",
                        "The script uses WeakRef, which is not available in the sandbox:"
                                + " (() => { try { return new WeakRef({}) } catch { return false } })()",
                        "The script recursed too deeply: (function f() { return f() + 1 })()",
                        "fail",
                        "fail",
                        "pass");
    }

    @Test
    void aSchemaThatAjvRefusesIsAnError() throws IOException {
        assertThat(verdicts("""
                prompts: ['{"age": 3}']
                providers: [echo]
                tests:
                  - assert: [{type: is-json, value: {type: object, properties: {age: {minimum: '18'}}}}]
                  - assert: [{type: not-is-json, value: {type: objct}}]
                  - assert: [{type: contains-json, value: {requierd: [name]}}]
                  - assert: [{type: is-json, value: {required: [name]}}]
                  - assert: [{type: is-json, value: {properties: {age: {type: integer}}}}]
                """))
                .containsExactly(
                        "schema is invalid: data/properties/age/minimum must be number",
                        "schema is invalid: data/type must be equal to one of the allowed values,"
                                + " data/type must be array, data/type must match a schema in anyOf",
                        "strict mode: unknown keyword: \"requierd\"",
                        "fail",
                        "pass");
    }

    @Test
    void aDerivedMetricSeesWhatItWasAfterTheRowBefore() throws IOException {
        Suite suite = suite("""
                prompts: ['{{a}}']
                providers: [echo]
                defaultTest: {assert: [{type: javascript, value: output.length, metric: len}]}
                tests: [{vars: {a: ab}}, {vars: {a: abc}}]
                derivedMetrics:
                  - {name: bits, value: 'log(len, 2)'}
                  - {name: seen, value: 'seen + 10 * __count'}
                  - {name: high, value: 'bits > 2'}
                """);
        List<ResultRow> rows = new SuiteRun(suite, Map.of(), Map.of(), (done, total) -> {}).run();
        JsonNode named =
                new ResultsJson(suite, rows, Instant.EPOCH).json().at("/results/prompts/0/metrics/namedScores");
        assertThat(named.path("bits").doubleValue()).isEqualTo(Math.log(5) / Math.log(2));
        // After the first row it fails, and so is 0.
        assertThat(named.path("seen").intValue()).isEqualTo(20);
        assertThat(named.path("high").isBoolean()).isTrue();
        assertThat(named.path("high").booleanValue()).isTrue();
    }

    private List<String> verdicts(String yaml) throws IOException {
        return new SuiteRun(suite(yaml), Map.of(), Map.of(), (done, total) -> {})
                .run().stream()
                        .map(row -> row.error() == null
                                ? row.passed() ? "pass" : "fail"
                                : row.error().replaceFirst("^Error: ", "").split("\n", -1)[0])
                        .toList();
    }

    private Suite suite(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("s.yaml"), yaml);
        return SuiteReader.read(file, "s.yaml", true, Map.of());
    }
}
