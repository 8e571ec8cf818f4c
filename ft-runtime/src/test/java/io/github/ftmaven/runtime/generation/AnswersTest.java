package io.github.ftmaven.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final List<Integer> LENGTHS = List.of(10, 10, 10, 20, 30, 100);

    private static List<List<Integer>> batches(int most, long cached) {
        return Answers.batches(LENGTHS, length -> length, most, cached);
    }

    @Test
    void aBatchHasAtMostSoManyPrompts() {
        assertThat(batches(4, 1000)).containsExactly(List.of(10, 10, 10, 20), List.of(30, 100));
        assertThat(batches(6, 1000)).containsExactly(LENGTHS);
    }

    @Test
    void aBatchFitsIntoTheCache() {
        assertThat(batches(16, 60)).containsExactly(List.of(10, 10, 10), List.of(20, 30), List.of(100));
        assertThat(batches(16, 1)).hasSize(6);
    }

    @Test
    void nothingHasNoBatches() {
        assertThat(Answers.batches(List.of(), length -> length, 4, 10)).isEmpty();
    }
}
