package io.github.ftmaven.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one script does, no other script sees; and none does more than it may. */
class JavaScriptTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final JavaScript engine = new JavaScript(Duration.ofSeconds(2));

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @MethodSource("pollution")
    void noScriptChangesAnother(String pollution) throws Exception {
        try {
            evaluate(pollution + ";\nreturn 1");
        } catch (ScriptException e) {
            // A script that breaks itself is no matter here.
        }
        thingsAreAsTheyWere();
    }

    @ParameterizedTest
    @MethodSource("pollution")
    void noTemplateChangesAScript(String pollution) throws Exception {
        Nunjucks templates = new Nunjucks(engine, JSON.createObjectNode());
        ObjectNode vars = JSON.createObjectNode().put("o", "x").put("code", pollution);
        try {
            templates.render("{{ o.constructor.constructor(code)() }}", vars);
        } catch (ScriptException e) {
            // Nor is a template.
        }
        thingsAreAsTheyWere();
        assertThat(templates.render("{{ o | upper }}{% if o %}y{% endif %}", vars))
                .isEqualTo("Xy");
    }

    private static Stream<String> pollution() {
        return Stream.of(
                "RegExp.prototype.test = function () { return true }",
                "RegExp.prototype.exec = function () { return ['x'] }",
                "RegExp.prototype[Symbol.matchAll] = function () { return [] }",
                "RegExp = function () { return { test: () => true } }",
                "JSON.stringify = () => '{\"value\":true}'",
                "JSON.parse = () => ({ function: 'test', argument: { pattern: '', text: '' } })",
                "JSON = null",
                "String.prototype.includes = () => true",
                "String = () => 'x'",
                "Object.prototype.value = true",
                "Object.prototype.pass = true",
                "Object.defineProperty(Object.prototype, 'found', { get() { return true }, set() {} })",
                "Object.defineProperty(Object.prototype, 'error', { set(v) {}, get() {} })",
                "({}).__proto__.missing = 'x'",
                "Object.setPrototypeOf(Object.prototype.constructor, null)",
                "Object.defineProperty = Object.freeze = () => ({})",
                "Array.prototype.map = Array.prototype.includes = () => true",
                "Array.isArray = () => true",
                "Array.from = () => ['x']",
                "Promise.prototype.then = function (f) { f(true) }",
                "Promise.resolve = () => ({ then(f) { f(true) } })",
                "Promise = null",
                "Function.prototype.call = Function.prototype.apply = function () { return true }",
                "Math.random = () => 4",
                "Error = TypeError = null",
                "globalThis.nunjucks = null; globalThis.Map = null; globalThis.host = { respond() {} }",
                "for (const n of Object.getOwnPropertyNames(globalThis)) { try { globalThis[n] = () => true } catch {} }",
                "for (const n of Object.getOwnPropertyNames(globalThis)) { delete globalThis[n] }",
                "setTimeout(() => { JSON.stringify = () => '{}' }, 10)",
                "Promise.resolve().then(() => { RegExp.prototype.test = () => true })",
                "while (true) {}");
    }

    private void thingsAreAsTheyWere() throws ScriptException {
        ObjectNode regex = JSON.createObjectNode().put("pattern", "^good$").put("text", "a wrong answer");
        assertThat(engine.call("test", regex).toString()).isEqualTo("{\"found\":false}");
        assertThat(engine.call("find", regex.deepCopy().put("pattern", "w(r)o")).toString())
                .isEqualTo("[{\"index\":2,\"groups\":[\"wro\",\"r\"]}]");
        assertThat(evaluate("/a/.test('b') || 'x'.includes('y') || [1].includes(2) || Object.keys({}).length > 0")
                        .booleanValue())
                .isFalse();
        assertThat(evaluate("Promise.resolve([1, 2].map(x => x + 1))").toString())
                .isEqualTo("[2,3]");
        assertThat(evaluate("JSON.stringify({a: String(1)})").textValue()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void noScriptSpeaksForTheSandbox() throws Exception {
        assertThat(evaluate("typeof host + typeof java_invoke + typeof Javy + typeof ftRun")
                        .textValue())
                .isEqualTo("undefined".repeat(4));
        assertThat(evaluate("ft.call();\nft.tick();\nft.call();\nreturn 'mine'").textValue())
                .isEqualTo("mine");
        assertThat(evaluate("let ran = 0;\nglobalThis.JSON.parse = () => { ran++; return {} };\nft.call();\nreturn ran")
                        .intValue())
                .isZero();
        // The first answer counts, however many there are, and whenever they come.
        assertThat(evaluate("({ then(yes, no) { yes(1); yes(2); no(3); setTimeout(() => yes(4), 1) } })")
                        .intValue())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(() => { while (true) {} })()",
                "'x'.repeat(2 ** 29).length",
                "let a = []; for (;;) { a.push(new Array(1000).fill('x')) }",
                "let s = 'x'; for (;;) { s += s }",
                "new Uint8Array(2 ** 31)",
                "(function f() { return f() + 1 })()",
                "(a => { while (true) { a = [a] } })([])",
                "let a = []; for (let i = 0; i < 1e6; i++) { a = [a] } return a",
                "/^(a+)+$/.test('a'.repeat(40) + 'b')",
                "'x'.repeat(50e6)",
                "(() => { throw null })()",
                "new Promise(() => {})",
                "({ then() {} })",
                "setInterval(() => {}, 1), new Promise(() => {})",
                "new Promise(function again() { Promise.resolve().then(again) })",
            })
    void aScriptThatAsksForTooMuchIsRefused(String code) throws Exception {
        assertThatThrownBy(() -> evaluate(code.startsWith("let ") ? code + ";\nreturn 1" : code))
                .isInstanceOfSatisfying(
                        ScriptException.class,
                        e -> assertThat(e.ofSandbox())
                                .as(e.name() + ": " + e.getMessage())
                                .isTrue());
        thingsAreAsTheyWere();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "({ get a() { throw new Error('no a') } }) | no a",
                "new Proxy({}, { ownKeys() { throw new Error('no keys') } }) | no keys",
                "(o => { o.o = o; return o })({}) | circular reference",
                "({ toJSON() { throw new Error('no json') } }) | no json",
                "(() => { throw { get message() { throw 1 } } })() | threw what cannot be shown",
                "10n | BigInt",
                "Promise.reject(new Error('late')) | late",
                "setTimeout(() => { throw new Error('timer') }), new Promise(() => {}) | timer",
            })
    void aResultThatCannotBeToldIsTheScriptsError(String code, String message) throws Exception {
        assertThatThrownBy(() -> evaluate(code))
                .isInstanceOfSatisfying(
                        ScriptException.class,
                        e -> assertThat(e.ofSandbox())
                                .as(e.name() + ": " + e.getMessage())
                                .isFalse())
                .hasMessageContaining(message);
        thingsAreAsTheyWere();
    }

    @Test
    void aVerdictIsWhatItsFieldsSay() throws Exception {
        assertThat(evaluate("({ pass: false, score: 0, reason: 'r', toJSON() { return { pass: true } } })")
                        .toString())
                .isEqualTo("{\"pass\":false,\"score\":0,\"reason\":\"r\"}");
    }

    @Test
    void timersRunInTheirOrderWithoutWaiting() throws Exception {
        assertThat(evaluate("""
                        let log = [];
                        setTimeout(() => log.push('b'), 60000); setTimeout(x => log.push(x), 10, 'a');
                        setImmediate(() => log.push('now')); const no = setTimeout(() => log.push('no'), 5);
                        clearTimeout(no); let n = 0; const i = setInterval(() => { if (++n == 3) clearInterval(i) }, 1);
                        return new Promise(r => setTimeout(() => r(log.concat(n)), 70000))""").toString()).isEqualTo("[\"now\",\"a\",\"b\",3]");
    }

    @Test
    void chanceFollowsFromWhatIsAsked() throws Exception {
        assertThat(evaluate("Math.random()"))
                .isEqualTo(evaluate("Math.random()"))
                .isNotEqualTo(evaluate("Math.random() "));
        assertThat(evaluate("Array.from({ length: 1000 }, Math.random).every(x => x >= 0 && x < 1)")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void halfASurrogatePairStaysAsItIs() throws Exception {
        ObjectNode argument = JSON.createObjectNode().put("code", "[text.charCodeAt(0), text]");
        argument.putArray("names").add("text");
        argument.putArray("values").add("\ud83d!");
        JsonNode result = engine.call("evaluate", argument);
        assertThat(result.path(0).intValue()).isEqualTo(0xd83d);
        assertThat(result.path(1).textValue()).isEqualTo("\ud83d!");
    }

    private JsonNode evaluate(String code) throws ScriptException {
        ObjectNode argument = JSON.createObjectNode().put("code", code);
        argument.putArray("names");
        argument.putArray("values");
        return engine.call("evaluate", argument);
    }
}
