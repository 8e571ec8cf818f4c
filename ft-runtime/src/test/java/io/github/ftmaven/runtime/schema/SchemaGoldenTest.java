package io.github.ftmaven.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Verdicts are those of Python's jsonschema, by {@code tools/golden_schema.py}. */
class SchemaGoldenTest {
    private static final JavaScript SCRIPTS = new JavaScript(Duration.ofSeconds(60));

    @AfterAll
    static void stop() {
        SCRIPTS.close();
    }

    @Test
    void verdictsAreThoseOfJsonschema() throws IOException {
        JsonNode golden = golden();
        List<String> differences = new ArrayList<>();
        for (JsonNode each : golden.path("cases")) {
            CheckedSchema schema = read(each.path("schema"));
            String expected = each.path("accepts").textValue();
            for (int i = 0; i < expected.length(); i++) {
                String value = golden.path("values").path(i).toString();
                if (schema.accepts(value) != (expected.charAt(i) == '1')) {
                    differences.add(each.path("schema") + " and " + value);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void invalidSchemasAreRejected() throws IOException {
        for (JsonNode schema : golden().path("invalid")) {
            assertThatThrownBy(() -> read(schema))
                    .as(schema.toString())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is not valid in draft ");
        }
    }

    private static CheckedSchema read(JsonNode schema) {
        return CheckedSchema.read(SCRIPTS, Duration.ofSeconds(60), schema.toString(), "a.json");
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SchemaGoldenTest.class.getResourceAsStream("schema-golden.json"))) {
            return new JsonMapper().readTree(in);
        }
    }
}
