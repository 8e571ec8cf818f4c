package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerSchemaTest {
    @TempDir
    Path directory;

    @Test
    void acceptsWhatFits() throws IOException {
        AnswerSchema schema = schema("{\"type\": \"object\", \"required\": [\"sum\"],"
                + " \"properties\": {\"sum\": {\"type\": \"integer\"}}}");
        assertThat(schema.accepts("{\"sum\": 3}")).isTrue();
        assertThat(schema.accepts("{\"sum\": \"3\"}")).isFalse();
        assertThat(schema.accepts("{}")).isFalse();
        assertThat(schema.accepts("{\"sum\": 3")).isFalse();
    }

    @Test
    void refusesWhatIsNoSchema() {
        assertThatThrownBy(() -> AnswerSchema.read(directory.resolve("none.json"), "none.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("evaluation.schema: none.json: no such file, or not UTF-8 text.");
        assertThatThrownBy(() -> schema("{"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "evaluation.schema: a.json:1:2: not valid JSON: it ends before an object is closed with }.");
        assertThatThrownBy(() -> schema(""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("evaluation.schema: a.json: not valid JSON: the file is empty.");
        assertThatThrownBy(() -> schema("{\"not\": ".repeat(1001)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "evaluation.schema: a.json:1:8009: not valid JSON: it is nested more than 1000 levels deep.");
        assertThatThrownBy(() -> schema("{\"typ\": \"object\"}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "evaluation.schema: a.json:1:2: unknown keyword 'typ' in draft 2020-12. Did you mean 'type'?");
    }

    private AnswerSchema schema(String json) throws IOException {
        return AnswerSchema.read(Files.writeString(directory.resolve("a.json"), json), "a.json");
    }
}
