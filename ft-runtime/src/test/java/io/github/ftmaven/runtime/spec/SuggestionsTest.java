package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.error.EditDistance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    @ParameterizedTest
    @CsvSource({
        "rank, rank, 0",
        "'', rank, 4",
        "rnak, rank, 1",
        "rak, rank, 1",
        "rrank, rank, 1",
        "bank, rank, 1",
        "kitten, sitting, 3",
        "ca, abc, 3",
    })
    void countsEdits(String a, String b, int expected) {
        assertThat(EditDistance.of(a, b)).isEqualTo(expected);
        assertThat(EditDistance.of(b, a)).isEqualTo(expected);
    }

    @Test
    void prefersTheNearestWord() {
        assertThat(Suggestions.word("texst", List.of("test", "text", "texts"))).contains("test");
        assertThat(Suggestions.word("Text", List.of("test", "text"))).contains("text");
        assertThat(Suggestions.word("optimizer", List.of("test", "text"))).isEmpty();
    }
}
