package io.github.ftmaven.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NunjucksTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final JavaScript engine = new JavaScript(Duration.ofSeconds(2));
    private final Nunjucks nunjucks = new Nunjucks(engine, JSON.createObjectNode());

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void rendersAsNunjucks() throws Exception {
        Path golden = Path.of("../../shared/golden/nunjucks-cases.json");
        assumeTrue(Files.isRegularFile(golden), "the golden cases are not here");
        JsonNode cases = JSON.readTree(golden.toFile());
        JsonNode expected = JSON.readTree(
                golden.resolveSibling("nunjucks-3.2.4-expected.json").toFile());
        assertThat(cases).hasSize(76);
        for (int i = 0; i < cases.size(); i++) {
            String text;
            try {
                text = nunjucks.render(
                        cases.get(i).path("t").asText(), cases.get(i).path("d"));
            } catch (ScriptException e) {
                text = "ERR " + e.name() + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElseThrow();
            }
            assertThat(text)
                    .as(cases.get(i).path("t").asText())
                    .isEqualTo(expected.get(i).asText());
        }
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
