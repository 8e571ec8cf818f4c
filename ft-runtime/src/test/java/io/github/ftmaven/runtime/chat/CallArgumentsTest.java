package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments as an object and as JSON in a string, in templates that write both, and in ones that write but one of them. */
class CallArgumentsTest {
    private static final String CALLS =
            "{% for m in messages %}{% for c in m.tool_calls or [] %}CALL{% endfor %}{% endfor %}";
    private static final String JSON = "{\"of\": \"ri'ver\", \"n\": 1.5}";

    @TempDir
    Path directory;

    @Test
    void aStringIsNotEncodedTwice() throws IOException {
        assertThat(both("{{ c.function.arguments | tojson }}")).containsExactly(JSON, JSON);
        assertThat(both("{{ c.function | tojson }}")).containsOnly("{\"name\": \"f\", \"arguments\": " + JSON + "}");
    }

    @Test
    void anObjectIsNotWrittenAsPythonDoes() throws IOException {
        assertThat(both("{{ c.function.arguments }}")).containsExactly(JSON, JSON);
        assertThat(both("{{ '<' + c.function.arguments + '>' }}")).containsOnly("<" + JSON + ">");
    }

    @Test
    void aTemplateThatWalksThroughArgumentsGetsAnObject() throws IOException {
        assertThat(both("{% for k, v in c.function.arguments | items %}{{ k }}={{ v }};{% endfor %}"))
                .containsOnly("of=ri'ver;n=1.5;");
    }

    @Test
    void aTemplateThatWritesBothGetsWhatTheRowHas() throws IOException {
        assertThat(both("{% if c.function.arguments is string %}s{{ c.function.arguments }}{% else %}o"
                        + "{{ c.function.arguments | tojson }}{% endif %}"))
                .containsExactly("o" + JSON, "s" + JSON);
    }

    @Test
    void whatNoTemplateCouldWriteStays() throws IOException {
        assertThat(render("{{ c.function.arguments | tojson }}", "\"not JSON\""))
                .isEqualTo("\"not JSON\"");
        assertThat(render("{{ c.function.arguments | tojson }}", "\"\"")).isEqualTo("{}");
    }

    private List<String> both(String call) throws IOException {
        return List.of(render(call, JSON), render(call, new ObjectMapper().writeValueAsString(JSON)));
    }

    private String render(String call, String arguments) throws IOException {
        Path file = Files.writeString(directory.resolve("template.jinja"), CALLS.replace("CALL", call));
        ChatTemplate template = ChatTemplate.ofFile(file, directory);
        Conversation conversation = new Conversation(ConversationJson.messages(
                "m",
                new ObjectMapper()
                        .readTree("[{\"role\": \"assistant\", \"tool_calls\": [{\"function\": {\"name\": \"f\","
                                + " \"arguments\": " + arguments + "}}]}]")));
        return TemplateRenderer.of(template, Map.of()).render(conversation, false);
    }
}
