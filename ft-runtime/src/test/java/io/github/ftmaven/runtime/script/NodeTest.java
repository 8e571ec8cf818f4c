package io.github.ftmaven.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts find what they would find in Node.js 22, or are told by name what is not there. */
class NodeTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final JavaScript engine = new JavaScript(Duration.ofSeconds(60));

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void expressionsComeToWhatTheyComeToInNode() throws Exception {
        List<String> refused = new ArrayList<>();
        for (JsonNode each : golden().path("expressions")) {
            String expression = each.path(0).textValue();
            String code = "(() => { try { return String(" + expression + ") } catch (e) { return '! ' + e.name } })()";
            try {
                assertThat(evaluate(code).asText())
                        .as(expression)
                        .isEqualTo(each.path(1).textValue());
            } catch (ScriptException e) {
                assertThat(e.ofSandbox()).as(expression + ": " + e.getMessage()).isTrue();
                refused.add(expression);
            }
        }
        // A weekday or a month's name beside a time.
        assertThat(refused).hasSizeLessThan(14).allMatch(expression -> expression.contains("toLocale"));
    }

    @Test
    void everyGlobalOfNodeIsThereOrRefused() throws Exception {
        for (JsonNode name : golden().path("globals")) {
            try {
                assertThat(evaluate("typeof globalThis." + name.textValue()).textValue())
                        .as(name.textValue())
                        .isNotEqualTo(name.textValue().equals("undefined") ? "" : "undefined")
                        .isNotNull();
            } catch (ScriptException e) {
                assertThat(e).hasMessage("uses " + name.textValue() + ", which is not available in the sandbox");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(() => { try { return fetch('x') } catch { return false } })() | fetch",
                "typeof WeakRef | WeakRef",
                "new Intl.Segmenter('en') | Intl.Segmenter",
                "(1).toLocaleString('ar') | the locale ar",
                "(1).toLocaleString('en', { notation: 'compact' }) | the option notation of numbers",
                "new Date(0).toLocaleString('en', { timeZone: 'Europe/Berlin' }) | the time zone Europe/Berlin",
                "'ß'.localeCompare('я') | the order of",
                "new URL('http://bücher.example/') | an international domain (bücher.example) in URL",
                "Buffer.from('a').toString('base64url') | the encoding base64url of Buffer",
                "process.cwd() | process.cwd",
                "crypto.subtle | crypto.subtle",
                "/(a)/.test('a') && RegExp.$1 | RegExp.$1",
                "/[a--b]/v.test('a') | sets in regular expressions with the flag v",
            })
    void whatIsNotThereIsRefusedByName(String code, String name) {
        assertThatThrownBy(() -> evaluate(code))
                .isInstanceOfSatisfying(
                        ScriptException.class, e -> assertThat(e.ofSandbox()).isTrue())
                .hasMessageContaining("uses " + name)
                .hasMessageEndingWith(", which is not available in the sandbox");
    }

    @Test
    void filesAreToldSoToo() {
        for (String source : List.of(
                "const fs = require('fs'); module.exports = () => true",
                "import fs from 'node:fs';\nexport default () => true")) {
            assertThatThrownBy(() -> file(source))
                    .isInstanceOfSatisfying(
                            ScriptException.class,
                            e -> assertThat(e.ofSandbox()).isTrue())
                    .hasMessageContaining("fs");
        }
    }

    @Test
    void filesRequireWhatIsThere() throws Exception {
        assertThat(file("""
                        const { URL } = require('node:url'); const { Buffer } = require('buffer');
                        module.exports = () => new URL('http://a/b').pathname + Buffer.from('c')""").textValue()).isEqualTo("/bc");
    }

    @Test
    void formulasComeToWhatMathjsMakesOfThem() throws Exception {
        ObjectNode argument = JSON.createObjectNode();
        ArrayNode metrics = argument.putArray("metrics");
        golden().path("formulas")
                .forEach(formula -> metrics.addObject()
                        .put("name", metrics.size() == 1 ? "first" : "m" + (metrics.size() - 1))
                        .set("formula", formula));
        ObjectNode context = golden().path("context").deepCopy();
        argument.putArray("contexts").add(context.put("__count", 2));

        JsonNode values = engine.call("derived", argument);

        golden().path("values")
                .properties()
                .forEach(entry -> assertThat(values.path(entry.getKey()))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue()));
        assertThat(values).hasSameSizeAs(golden().path("values"));
    }

    private JsonNode file(String source) throws ScriptException {
        ObjectNode argument = JSON.createObjectNode().put("source", source).put("name", "");
        argument.putArray("values");
        return engine.call("file", argument);
    }

    private JsonNode evaluate(String code) throws ScriptException {
        ObjectNode argument = JSON.createObjectNode().put("code", code);
        argument.putArray("names");
        argument.putArray("values");
        return engine.call("evaluate", argument);
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(NodeTest.class.getResourceAsStream("node.json"))) {
            return JSON.readTree(in);
        }
    }
}
