package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A chat template, and what it makes of a conversation. */
class ChatTemplateFuzzTest extends FuzzedReader {
    ChatTemplateFuzzTest() {
        super("template");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {%- for message in messages -%}
                {{ '<|im_start|>' + message['role'] + '\\n' + message.content | trim + '<|im_end|>' }}
                {%- if loop.last and add_generation_prompt %}{{ raise_exception('no') if message.role == 'x' else '' }}{% endif -%}
                {%- endfor %}""".getBytes(StandardCharsets.UTF_8), """
                {%- set ns = namespace(n=0, first=messages[0]['role'] == 'system') -%}
                {%- macro show(m, sep=', ') -%}{{ m.content.split(' ') | join(sep) | replace('a', 'b') }}{%- endmacro -%}
                {% for m in messages[1:] if m is mapping %}{% set ns.n = ns.n + 1 %}{{ show(m) ~ loop.index0 * 2 }}
                {{ m | tojson(indent=2) }}{{ '%s-%d' % (m.role, ns.n) }}{{ "{:>5}".format(ns.n) }}{% else %}none{% endfor -%}
                {{ [1, 2, 3] | map('string') | list | unique | sort(reverse=true) }}{{ range(3) | batch(2) | list }}
                {{ strftime_now('%Y') }}""".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        ChatTemplate template = ChatTemplate.ofText(new String(input, StandardCharsets.UTF_8), directory);
        template.render(
                Map.of(
                        "messages",
                        List.of(
                                Map.of("role", "system", "content", "Be brief."),
                                Map.of("role", "user", "content", "Where is a?"))),
                true,
                Clock.systemUTC());
    }
}
