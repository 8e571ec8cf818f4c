package io.github.ftmaven.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.PublishedGoldens;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nunjucks 3.2.4 made of templates elsewhere; {@link NunjucksTest} has our own. */
@Tag("published")
class PublishedNunjucksTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void rendersAsNunjucks() throws Exception {
        JsonNode cases = JSON.readTree(
                PublishedGoldens.path("golden/nunjucks-cases.json").toFile());
        JsonNode expected = JSON.readTree(
                PublishedGoldens.path("golden/nunjucks-3.2.4-expected.json").toFile());
        assertThat(cases).hasSize(76);
        try (JavaScript engine = new JavaScript(Duration.ofSeconds(2))) {
            Nunjucks nunjucks = new Nunjucks(engine, JSON.createObjectNode());
            for (int i = 0; i < cases.size(); i++) {
                String template = cases.get(i).path("t").asText();
                String text;
                try {
                    text = nunjucks.render(template, cases.get(i).path("d"));
                } catch (ScriptException e) {
                    text = "ERR " + e.name() + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElseThrow();
                }
                assertThat(text).as(template).isEqualTo(expected.get(i).asText());
            }
        }
    }
}
