package io.github.ftmaven.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

class CoreSchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"yes", "No", "on", "OFF", "y", "1_000", "12:30:45", "2026-01-01", "0b1", "1e", "tRUE", "+", "="})
    void readsYaml11AsText(String yaml) {
        assertThat(scalar(yaml).getTag()).isEqualTo(Tag.STR);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12",
        "-3, -3",
        "+4, 4",
        "010, 10",
        "0o17, 15",
        "0xfF, 255",
        "2.0e-4, 2.0E-4",
        ".5, 0.5",
        "5., 5.0",
        "1E3, 1000.0",
        "-0.25, -0.25",
        "!!float 3, 3.0",
        "!!int \"7\", 7",
    })
    void readsNumbers(String yaml, String expected) {
        assertThat(scalar(yaml)).extracting(CoreSchema::number).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.Inf", ".nan", "1e999", "\"12\"", "!!str 12", "!!int twelve", "~", "true"})
    void readsNoNumber(String yaml) {
        assertThat(CoreSchema.number(scalar(yaml))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "FALSE, false", "'\"true\"', ", "yes, "})
    void readsBooleans(String yaml, @Nullable Boolean expected) {
        assertThat(CoreSchema.bool(scalar(yaml))).isEqualTo(expected);
    }

    @Test
    void readsNulls() {
        assertThat(scalar("~").getTag()).isEqualTo(Tag.NULL);
        assertThat(scalar("null").getTag()).isEqualTo(Tag.NULL);
        assertThat(scalar("\"\"").getTag()).isEqualTo(Tag.STR);
    }

    private static ScalarNode scalar(String yaml) {
        return (ScalarNode) Objects.requireNonNull(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "test"));
    }
}
