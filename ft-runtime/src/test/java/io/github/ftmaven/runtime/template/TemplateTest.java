package io.github.ftmaven.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small templates against what {@code tools/golden_templates.py} had from Python's jinja2; then bounds and messages. */
class TemplateTest {
    @TestFactory
    Stream<DynamicTest> rendersAsJinja() throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(TestModels.resource("/templates/cases.json").toFile());
        Map<String, Object> data = Values.variables(golden.path("data"));
        return Stream.iterate(0, i -> i < golden.path("cases").size(), i -> i + 1)
                .map(golden.path("cases")::get)
                .map(one -> DynamicTest.dynamicTest(one.path("template").asText(), () -> {
                    String template = one.path("template").asText();
                    if (one.has("fails")) {
                        assertThatThrownBy(() -> render(template, data))
                                .as(one.path("fails").asText())
                                .isInstanceOf(TemplateException.class);
                    } else {
                        assertThat(render(template, data))
                                .isEqualTo(one.path("text").asText());
                    }
                }));
    }

    private static String render(String template, Map<String, Object> data) {
        return Template.of(template).render(data, Clock.systemUTC()).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x{{ a.b }}           | line 1: 'a' is undefined",
                "{{ raise_exception('no tools') }} | line 1: no tools",
                "{% for i in x %}     | line 1: the block that begins here has no endfor",
                "{{ 1 + }}            | line 1: expected an expression, found the end of the expression",
                "{% frob %}           | line 1: unknown block 'frob'",
                "{{ 1 ? 2 }}          | line 1: unexpected '?'",
                "{{ 'a' + 1 }}        | line 1: unsupported operand types for +: 'str' and 'int'"
            })
    void saysWhatIsWrongAndWhere(String template, String message) {
        assertThatThrownBy(() -> render(template, Map.of())).hasMessage(message);
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> render("a\n{% if true %}\n\n{{ x.y }}{% endif %}", Map.of()))
                .hasMessage("line 4: 'x' is undefined");
        assertThatThrownBy(() -> render("a\n{#\n#}\n{{ 'open }}", Map.of())).hasMessageStartingWith("line 4: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
                "{{ 'x' * 100000000 }}",
                "{% for i in range(100000) %}{{ 'x' * 10000 }}{% endfor %}",
                "{{ range(1000000) }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{{ 2 ** 9999999 }}",
                "{{ (10 ** 4000) ** 4000 }}",
                "{{ '%99999999d' % 1 if '%99999999d' % 1 | length < 20000 else 1 // 0 }}{{ 1 // 0 }}"
            })
    void isBounded(String template) {
        assertThatThrownBy(() -> render(template, Map.of())).isInstanceOf(TemplateException.class);
    }

    @Test
    void isNotOverrunByNesting() {
        for (String part : List.of("(", "[", "-", "not ", "{% if x %}", "{{ a[")) {
            assertThatThrownBy(() -> Template.of("{{ " + part.repeat(50_000)))
                    .as(part)
                    .isInstanceOf(TemplateException.class);
        }
        assertThatThrownBy(() -> Template.of("{% if x %}".repeat(50_000))).isInstanceOf(TemplateException.class);
    }

    @Test
    void marksWhatIsGenerated() {
        Rendering rendering = Template.of(
                        "{% for m in l %}<{{ m }}>{% generation %}{{ m * 2 }}{% endgeneration %}{% endfor %}")
                .render(Map.of("l", List.of("a", "b")), Clock.systemUTC());
        assertThat(rendering.text()).isEqualTo("<a>aa<b>bb");
        assertThat(rendering.generated()).containsExactly(new Rendering.Span(3, 5), new Rendering.Span(8, 10));
    }
}
