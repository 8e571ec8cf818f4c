package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("prompt", "completion", "messages", "text");

    @ParameterizedTest
    @CsvSource({
        "promt,prompt",
        "Prompt,prompt",
        "pormpt,prompt",
        "completions,completion",
        "mesages,messages",
        "tex,text"
    })
    void namesTheNearest(String word, String nearest) {
        assertThat(Suggestion.didYouMean(word, KNOWN)).isEqualTo(" Did you mean '" + nearest + "'?");
    }

    @Test
    void staysSilentWhenNothingIsNear() {
        assertThat(Suggestion.didYouMean("label", KNOWN)).isEmpty();
        assertThat(Suggestion.didYouMean("prompt", List.of())).isEmpty();
    }
}
