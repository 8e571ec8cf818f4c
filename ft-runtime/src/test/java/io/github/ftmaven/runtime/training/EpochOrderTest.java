package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.TokenSequence;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOrderTest {
    private final List<TrainingExample> examples = IntStream.rangeClosed(1, 7)
            .mapToObj(length -> new TrainingExample("row " + length, new TokenSequence(new int[length], new BitSet())))
            .toList();

    /** Twenty of them are a window, and a number and its examples are a sum. */
    @ParameterizedTest
    @ValueSource(ints = {7, 8, 200_000_000, Integer.MAX_VALUE})
    void aBatchMayBeLargerThanTheData(int batchSize) {
        EpochOrder order = new EpochOrder(examples, batchSize, 1);
        assertThat(order.stepsPerEpoch()).isEqualTo(1);
        assertThat(order.batches(0)).hasSize(1);
        assertThat(order.batches(0).get(0)).containsExactlyInAnyOrderElementsOf(examples);
    }

    @Test
    void moreStepsThanAnIntCountsAreRefused() {
        assertThat(TrainingLength.of(2.5, 4, 1).steps()).isEqualTo(10);
        assertThat(TrainingLength.of(0.01, 4, 1).steps()).isEqualTo(1);
        assertThatThrownBy(() -> TrainingLength.of(1e9, 10, 1))
                .hasMessage("training.epochs: 1.0E9 would take 10000000000 steps of the optimizer, more than any"
                        + " training. Lower it.");
    }
}
