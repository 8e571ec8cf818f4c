package io.github.ftmaven.runtime.chat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A built-in layout in the template languages of inference servers. Unsupported content causes an error there, as in
 * training.
 */
final class LayoutTemplate {
    private final Layout layout;
    private final String name;
    private final String end;

    /** @param end the text of the token that ends every answer */
    LayoutTemplate(Layout layout, String end) {
        this.layout = layout;
        this.name = layout.name().toLowerCase(Locale.ROOT);
        this.end = end;
    }

    /**
     * A chat template in Jinja with exactly the same output as {@link Layout#turns}, with every answer ended.
     *
     * @param beginning the text before the first message
     * @param system the default system message; null for none
     */
    String jinja(String beginning, @Nullable String system) {
        return String.format(
                Locale.ROOT,
                """
                {#- The layout %s of ft-maven-plugin. #}
                {%%- if tools %%}
                    {{- raise_exception('The layout %s has no place for tools.') }}
                {%%- endif %%}
                %s{{- %s }}
                {%%- for message in messages %%}
                    {%%- if message['content'] is not string %%}
                        {{- raise_exception('The layout %s takes messages whose content is a text.') }}
                    {%%- endif %%}
                    {%%- set content = message['content']%s %%}
                    {%%- if loop.index0 > 0 and messages[loop.index0 - 1]['role'] == 'assistant' %%}
                        {{- %s }}
                    {%%- endif %%}
                    {%%- if message['role'] == 'system' %%}
                        {{- %s }}
                    {%%- elif message['role'] == 'user' %%}
                        {{- %s }}
                        {%%- if not loop.last or add_generation_prompt %%}
                            {{- %s }}
                        {%%- endif %%}
                    {%%- elif message['role'] == 'assistant' %%}
                        {{- %s }}
                    {%%- else %%}
                        {{- raise_exception('The layout %s has no place for messages of other roles than system, user and assistant.') }}
                    {%%- endif %%}
                {%%- endfor %%}
                """,
                name,
                name,
                system == null ? "" : JinjaText.systemMessage(system) + "\n",
                JinjaText.quoted(beginning),
                name,
                layout.strips() ? " | trim" : "",
                JinjaText.quoted(layout.between()),
                around(layout.system(), ""),
                around(layout.user(), ""),
                JinjaText.quoted(layout.opening()),
                around(layout.assistant(), end),
                name);
    }

    private static String around(Layout.Frame frame, String more) {
        String after = frame.after() + more;
        return (frame.before().isEmpty() ? "" : JinjaText.quoted(frame.before()) + " + ") + "content"
                + (after.isEmpty() ? "" : " + " + JinjaText.quoted(after));
    }

    /** A template in Go's language for Ollama; it does not remove white space around contents. */
    String go() {
        return "{{- $last := \"\" }}{{- range .Messages }}"
                + "{{- if eq $last \"assistant\" }}" + goText(layout.between()) + "{{- end }}"
                + "{{- if eq .Role \"system\" }}" + go(layout.system(), "")
                + "{{- else if eq .Role \"user\" }}" + go(layout.user(), layout.opening())
                + "{{- else }}" + go(layout.assistant(), end)
                + "{{- end }}{{- $last = .Role }}{{- end }}";
    }

    private static String go(Layout.Frame frame, String more) {
        return goText(frame.before()) + "{{ .Content }}" + goText(frame.after() + more);
    }

    /** Writes text as an action, because text outside actions would lose its white space. */
    private static String goText(String text) {
        return text.isEmpty()
                ? ""
                : "{{ \"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\" }}";
    }
}
