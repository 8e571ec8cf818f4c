package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void whatATrainingSavesIsPossible() throws IOException {
        Progress progress = Progress.START;
        for (int step = 1; step <= 12; step++) {
            progress = progress.plus(1.0 / step, 0.5, 20, 10);
            if (step % 4 == 0) {
                progress = progress.validated(step);
            }
            assertThat(MAPPER.readValue(MAPPER.writeValueAsString(progress), Progress.class)
                            .isPossible(12))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "step, 0",
        "step, -3",
        "step, 13",
        "step, 2147483647",
        "bestStep, 13",
        "bestStep, -1",
        "badValidations, -1",
        "seconds, -1",
        "supervisedTokens, 1000000",
        "recentLosses, []",
        "recentLosses, null",
    })
    void whatNoTrainingSavesIsNot(String name, String value) throws IOException {
        Progress progress = Progress.START;
        for (int step = 1; step <= 12; step++) {
            progress = progress.plus(1.0 / step, 0.5, 20, 10).validated(step);
        }
        ObjectNode json = MAPPER.valueToTree(progress);
        json.set(name, MAPPER.readTree(value));
        assertThat(MAPPER.treeToValue(json, Progress.class).isPossible(12)).isFalse();
    }
}
