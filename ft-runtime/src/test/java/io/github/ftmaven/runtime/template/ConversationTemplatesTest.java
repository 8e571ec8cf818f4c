package io.github.ftmaven.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole conversations in templates that do what published ones do, against what {@code tools/golden_conversations.py} had
 * from transformers.
 */
class ConversationTemplatesTest {
    @TestFactory
    Stream<DynamicTest> rendersAsTransformers() throws IOException {
        JsonNode golden = golden();
        return StreamSupport.stream(golden.path("cases").spliterator(), false)
                .map(one -> DynamicTest.dynamicTest(
                        one.path("template").asText() + ", "
                                + one.path("conversation").asText() + " " + one.path("variables"),
                        () -> check(golden, one)));
    }

    /** A golden file that lost its refusals or its spans would still pass. */
    @Test
    void theGoldenFileHasRefusalsAndSpans() throws IOException {
        JsonNode cases = golden().path("cases");
        assertThat(cases).hasSizeGreaterThan(80);
        assertThat(cases).filteredOn(one -> one.has("fails")).hasSizeGreaterThan(5);
        assertThat(cases)
                .filteredOn(one -> one.path("generated").size() > 1)
                .extracting(one -> one.path("template").asText())
                .containsExactly("learns", "learns inline");
    }

    private static void check(JsonNode golden, JsonNode one) {
        Template template = Template.of(
                golden.path("templates").path(one.path("template").asText()).asText());
        ObjectNode variables = golden.path("tokens").deepCopy();
        variables.set(
                "messages",
                golden.path("conversations").path(one.path("conversation").asText()));
        variables.putNull("tools").putNull("documents").put("add_generation_prompt", false);
        variables.setAll((ObjectNode) one.path("variables"));
        Clock clock =
                Clock.fixed(LocalDateTime.parse(one.path("now").asText()).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

        if (one.has("fails")) {
            assertThatThrownBy(() -> template.render(Values.variables(variables), clock))
                    .as(one.path("fails").asText())
                    .isInstanceOf(TemplateException.class);
            return;
        }
        Rendering rendering = template.render(Values.variables(variables), clock);
        String text = one.path("text").asText();
        assertThat(rendering.text()).isEqualTo(text);
        if (one.has("generated")) {
            assertThat(rendering.generated()).isEqualTo(spans(text, one.path("generated")));
        }
    }

    /** Python counts characters. */
    private static List<Rendering.Span> spans(String text, JsonNode generated) {
        return StreamSupport.stream(generated.spliterator(), false)
                .map(span -> new Rendering.Span(
                        text.offsetByCodePoints(0, span.path(0).asInt()),
                        text.offsetByCodePoints(0, span.path(1).asInt())))
                .toList();
    }

    private static JsonNode golden() throws IOException {
        return new ObjectMapper()
                .readTree(TestModels.resource("/templates/conversations.json").toFile());
    }
}
