package io.github.ftmaven.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of a few kilobytes asks for no more memory, stack or time than it is worth. */
class YamlBoundsTest {
    private static JsonNode read(String yaml) {
        return YamlTree.read(yaml.getBytes(StandardCharsets.UTF_8), "t").root();
    }

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {"", "-", "0x", "1.", "1e"})
    void numbersOfMillionsOfDigitsAreText(String start) {
        JsonNode number = read("a: " + start + "9".repeat(2_000_000)).path("a");
        assertThat(number.isTextual() || number.isDouble()).isTrue();
    }

    @Test
    void aliasesStandForAMillionValuesAtMost() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("expands to more than 1000000 values");
        assertThatThrownBy(() -> read("a: &a [*a]")).hasMessage("t:1:4: an alias refers to a value that contains it");
    }

    @Test
    void manyAliasesAreFine() {
        assertThat(read("a: &a {x: 1}\nb: [" + "*a, ".repeat(500) + "*a]").path("b"))
                .hasSize(501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void depthIsBounded(String open) {
        assertThatThrownBy(() -> read(open.repeat(5_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("t:1:[0-9]+: (nested more than 200 deep|not valid YAML: .*)");
    }
}
