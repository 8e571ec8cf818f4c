package io.github.ftmaven.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.model.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NunjucksTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final JavaScript engine = new JavaScript(Duration.ofSeconds(2));
    private final Nunjucks nunjucks = new Nunjucks(engine, JSON.createObjectNode());

    @AfterEach
    void stop() {
        engine.close();
    }

    /** Small templates against what {@code tools/golden_nunjucks.mjs} had from nunjucks. */
    @Test
    void rendersAsNunjucks() throws Exception {
        JsonNode golden = JSON.readTree(TestModels.resource("/io/github/ftmaven/runtime/script/nunjucks.json")
                .toFile());
        List<String> differences = new ArrayList<>();
        for (JsonNode one : golden.path("cases")) {
            String template = one.path("template").asText();
            String expected = one.has("fails") ? failure(one) : one.path("text").asText();
            String found;
            try {
                found = nunjucks.render(template, golden.path("data"));
            } catch (ScriptException e) {
                found = failure(e);
            }
            if (!found.equals(expected)) {
                differences.add(template + "\n    " + expected + "\n    " + found);
            }
        }
        assertThat(golden.path("cases")).hasSizeGreaterThan(150);
        assertThat(differences).isEmpty();
    }

    private static String failure(JsonNode one) {
        return essence("ERR " + one.path("fails").asText(), one.path("why").asText());
    }

    private static String failure(ScriptException e) {
        List<String> lines = String.valueOf(e.getMessage()).lines().toList();
        return essence(
                "ERR " + e.name() + ": " + lines.get(0),
                String.join(" ", lines.subList(1, lines.size())).strip());
    }

    /** Engines word their own errors. */
    private static String essence(String what, String why) {
        return what + " " + why.replaceFirst("^(TypeError|SyntaxError): .*", "$1");
    }

    @Test
    void rendersWhatMostTemplatesAre() throws Exception {
        JsonNode vars = JSON.readTree("{\"a\":\"x\",\"b\":[1,2],\"c\":1.0}");
        assertThat(nunjucks.render("plain { text", vars)).isEqualTo("plain { text");
        assertThat(nunjucks.render("{{a}}-{{ a }}", vars)).isEqualTo("x-x");
        assertThat(nunjucks.render("{{ b }} {{ c }} {{ none }}", vars)).isEqualTo("1,2 1 ");
        assertThat(nunjucks.render("{% for i in b %}{{ i }}{% endfor %}{{ a | upper }}", vars))
                .isEqualTo("12X");
    }

    @Test
    void hasTheUsersFilters() throws Exception {
        ObjectNode filters = JSON.createObjectNode().put("twice", "module.exports = (text) => text + text;");
        assertThat(new Nunjucks(engine, filters).render("{{ a | twice }}", JSON.readTree("{\"a\":\"x\"}")))
                .isEqualTo("xx");
    }

    /** promptfoo reads them from the directory it was started in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% include 'a.txt' %}",
                "{% include 'a.txt' ignore missing %}",
                "{% if 1 %}{% include name %}{% endif %}",
                "{% import 'a.txt' as a %}",
                "{% from 'a.txt' import b %}",
                "{% extends 'a.txt' %}",
            })
    void refusesTemplatesThatReadFiles(String template) {
        assertThatThrownBy(
                        () -> nunjucks.render(template, JSON.createObjectNode().put("name", "a.txt")))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("the template reads the file a.txt: include, import and extends are not available"
                        + " here. Write its text into the template, or give it as a variable: file://a.txt");
    }

    @Test
    void refusesATemplateThatIsNotValid() {
        assertThatThrownBy(() -> nunjucks.render("{% if %}", JSON.createObjectNode()))
                .isInstanceOf(ScriptException.class);
    }

    @Test
    void stopsWhatDoesNotEndAndGoesOn() throws Exception {
        ObjectNode loop = JSON.createObjectNode().put("code", "for (;;) {\n}");
        loop.putArray("names");
        loop.putArray("values");
        assertThatThrownBy(() -> engine.call("evaluate", loop))
                .isInstanceOf(ScriptException.class)
                .hasMessage("took longer than 2000 ms");
        assertThat(nunjucks.render("{{ 1 + 1 }}", JSON.createObjectNode())).isEqualTo("2");
    }

    @Test
    void reachesNothingOutside() throws Exception {
        ObjectNode code = JSON.createObjectNode()
                .put("code", "[typeof require, typeof std, typeof os, Object.keys(process.env)].join()");
        code.putArray("names");
        code.putArray("values");
        assertThat(engine.call("evaluate", code).asText()).isEqualTo("undefined,undefined,undefined,");
    }

    @Test
    void waitsForAPromise() throws Exception {
        ObjectNode code = JSON.createObjectNode().put("code", "(async () => { await null; return output + 1 })()");
        code.putArray("names").add("output");
        code.putArray("values").add(41);
        assertThat(engine.call("evaluate", code).asInt()).isEqualTo(42);
    }
}
