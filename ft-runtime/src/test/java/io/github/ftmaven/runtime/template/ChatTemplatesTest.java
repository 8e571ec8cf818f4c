package io.github.ftmaven.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.PublishedGoldens;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Published chat templates against Python's jinja2; {@link ConversationTemplatesTest} has our own. */
@Tag("published")
class ChatTemplatesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-07-10T00:00:00Z"), ZoneOffset.UTC);

    @TestFactory
    Stream<DynamicTest> rendersAsJinja() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(PublishedGoldens.path("golden/chat-templates.json").toFile());
        return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
                .map(cases::get)
                .map(one -> DynamicTest.dynamicTest(one.path("name").asText(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        if (one.has("raises")) {
            assertThatThrownBy(() -> render(one)).isInstanceOf(TemplateException.class);
        } else {
            assertThat(render(one)).isEqualTo(one.path("expected").asText());
        }
    }

    private static String render(JsonNode one) {
        return Template.of(one.path("template").asText())
                .render(Values.variables(one.path("data")), CLOCK)
                .text();
    }
}
