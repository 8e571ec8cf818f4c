package io.github.ftmaven.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bounds are far from what conversations need, also with a template that does all that published ones do. */
class LongConversationTest {
    /** Macros, tools, reasoning that is cut off, the last question searched from the end, and a text that grows all along. */
    static final String TEMPLATE = """
            {%- macro described(tools) -%}
            {%- for tool in tools %}
            {{ loop.index }}. {{ tool.function.name | upper }}: {{ tool | tojson(indent=2) }}
            {%- for name, kind in tool.function.parameters.properties | dictsort %}
               - {{ name }} ({{ kind.type | default('any', true) }})
            {%- endfor %}
            {%- endfor %}
            {%- endmacro -%}
            {%- set ns = namespace(system='', last=-1, seen='', calls=0) -%}
            {%- for message in messages -%}
                {%- if message.role == 'system' -%}
                    {%- set ns.system = ns.system ~ message.content | trim ~ '\\n' -%}
                {%- endif -%}
            {%- endfor -%}
            {%- for message in messages[::-1] -%}
                {%- set index = (messages | length - 1) - loop.index0 -%}
                {%- if ns.last == -1 and message.role == 'user' and message.content is string
                        and not (message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) -%}
                    {%- set ns.last = index -%}
                {%- endif -%}
            {%- endfor -%}
            {{- bos_token }}<|system|>
            {{ ns.system }}{% if tools %}{{ described(tools) }}{% endif %}<|end|>
            {%- for message in messages %}
                {%- set content = message.content if message.content is string else '' %}
                {%- if message.role == 'user' %}
            <|user|>
            {{ content | trim }}<|end|>
                {%- elif message.role == 'assistant' %}
                    {%- set reasoning = '' %}
                    {%- if '</think>' in content %}
                        {%- set reasoning = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                        {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
                    {%- endif %}
            <|assistant|>
                    {%- if loop.index0 > ns.last and reasoning %}
            <think>{{ reasoning.strip('\\n') }}</think>
                    {%- endif %}
            {{ content.replace('<|', '< |') | replace('|>', '| >') }}
                    {%- for call in message.tool_calls or [] %}
                        {%- set ns.calls = ns.calls + 1 %}
            <call id="{{ '%05d' % ns.calls }}">{{ call.function | tojson }}</call>
                    {%- endfor %}
            <|end|>
                {%- elif message.role == 'tool' %}
            {{ '<|tool|>' if messages[loop.index0 - 1].role != 'tool' }}
            {{ content }}{{ '<|end|>' if loop.last or messages[loop.index0 + 1].role != 'tool' }}
                {%- endif %}
                {%- set earlier = messages[:loop.index0] | selectattr('role', 'equalto', message.role) | list | length %}
                {%- set ns.seen = ns.seen ~ earlier ~ ' ' ~ (content[:80] | title) ~ ';' %}
            {%- endfor %}
            {{ ns.seen | length }} {{ messages | map(attribute='role') | unique | sort | join(', ') }}
            {%- if add_generation_prompt %}
            <|assistant|>
            {%- endif %}
            """;

    /** A conversation of so many messages, each of so many words. */
    static Map<String, Object> conversation(int messages, int words) {
        List<Object> all = new ArrayList<>();
        String text = "Wie tief ist der Fluß, and how wide? ".repeat(Math.max(1, words / 8));
        all.add(Map.of("role", "system", "content", "Be brief. " + text));
        while (all.size() < messages) {
            all.add(Map.of("role", "user", "content", all.size() + ": " + text));
            Map<Object, Object> call = new LinkedHashMap<>();
            call.put("function", Map.of("name", "depth", "arguments", Map.of("of", "river", "n", 1.5)));
            all.add(Map.of(
                    "role",
                    "assistant",
                    "content",
                    "<think>\n" + text + "</think>\n\n" + text,
                    "tool_calls",
                    List.of(call)));
            all.add(Map.of("role", "tool", "content", "{\"depth\": 7}"));
            all.add(Map.of("role", "assistant", "content", "seven <|stones|> " + text));
        }
        List<Object> tools = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tools.add(Map.of(
                    "type",
                    "function",
                    "function",
                    Map.of(
                            "name",
                            "tool" + i,
                            "parameters",
                            Map.of("type", "object", "properties", Map.of("of", Map.of("type", "string"))))));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("messages", all);
        data.put("tools", tools);
        data.put("bos_token", "<s>");
        data.put("add_generation_prompt", true);
        return data;
    }

    @Test
    void rendersAThousandMessages() {
        Template template = Template.of(TEMPLATE);
        Map<String, Object> conversation = conversation(1_001, 400);
        long start = System.nanoTime();
        String text = template.render(conversation, Clock.systemUTC()).text();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(text)
                .contains("<call id=\"00250\">")
                .contains("assistant, system, tool, user")
                .hasSizeGreaterThan(1_000_000);
    }

    @Test
    void refusesToolsThatAreNestedTooDeeply() {
        Object deep = "leaf";
        for (int i = 0; i < 1_000; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Map.of("properties", deep);
        }
        Map<String, Object> data = new LinkedHashMap<>(conversation(5, 8));
        data.put(
                "tools",
                List.of(Map.of(
                        "function", Map.of("name", "deep", "parameters", Map.of("properties", Map.of("x", deep))))));
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> Template.of("{{ tools | tojson }}").render(data, Clock.systemUTC()))
                .hasMessage("line 1: values are nested too deeply");
        assertThat(Template.of(
                                "{{ tools == tools }}{{ tools | length }}{% for t in tools %}{{ t.function.name }}{% endfor %}")
                        .render(data, Clock.systemUTC())
                        .text())
                .isEqualTo("True1deep");
    }
}
