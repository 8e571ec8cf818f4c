package io.github.ftmaven.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccumulationTest {
    private final List<String> added = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long memory = Long.MAX_VALUE; // in tokens

    @Test
    void sumsABatchInParts() {
        accumulation(16).of(batch(4, 8, 4, 4, 4));
        assertThat(added).containsExactly("0: 4 4 4 4", "1: 8");
        assertThat(warnings).isEmpty();
    }

    @Test
    void beginsABatchAgainInHalvesIfMemoryIsShort() {
        memory = 8;
        Accumulation accumulation = accumulation(100);
        accumulation.of(batch(4, 4, 4, 4));
        assertThat(added).containsExactly("out of memory", "clear", "0: 4 4", "1: 4 4");
        assertThat(warnings)
                .containsExactly("Out of memory: no memory for 1 GiB. Training goes on with micro-batches of 8 tokens"
                        + " instead of 16. Set training.microBatchTokens: 8 to begin with them, and to get the same"
                        + " bytes again.");
        added.clear();
        accumulation.of(batch(4, 4, 4));
        assertThat(added).as("the next batch").containsExactly("0: 4 4", "1: 4");
    }

    @Test
    void aPartIsNeverSmallerThanTheLongestExample() {
        memory = 12;
        accumulation(100).of(batch(9, 2, 2));
        assertThat(added).containsExactly("out of memory", "clear", "0: 2 2", "1: 9");
    }

    @Test
    void givesUpTheSecondTime() {
        memory = 4;
        assertThatThrownBy(() -> accumulation(100).of(batch(4, 4, 4, 4)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Training ran out of memory: no memory for 1 GiB. Set training.microBatchTokens to 4 or less,"
                                + " training.gradientCheckpointing to on, or base.quantization to nf4; or use a machine with more"
                                + " memory. ft:plan says what each of them saves.");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void oneExampleCannotBeDivided() {
        memory = 8;
        assertThatThrownBy(() -> accumulation(100).of(batch(12)))
                .hasMessage(
                        "Training ran out of memory: no memory for 1 GiB. Set dataset.maxLength to 6, since the longest"
                                + " example alone is too large, training.gradientCheckpointing to on, or base.quantization to nf4;"
                                + " or use a machine with more memory. ft:plan says what each of them saves.");
        assertThat(warnings).isEmpty();
    }

    private Accumulation accumulation(int maxTokens) {
        Accumulation.Sum gradients = new Accumulation.Sum() {
            @Override
            public void add(List<List<TokenSequence>> parts) {
                for (int part = 0; part < parts.size(); part++) {
                    add(parts.get(part), part);
                }
            }

            private void add(List<TokenSequence> sequences, int part) {
                long longest = sequences.get(sequences.size() - 1).length(); // all are padded to it
                if (sequences.size() * longest > memory) {
                    added.add("out of memory");
                    throw new OutOfMemoryException("no memory for 1 GiB", new IllegalStateException());
                }
                StringBuilder lengths = new StringBuilder(part + ":");
                sequences.forEach(each -> lengths.append(' ').append(each.length()));
                added.add(lengths.toString());
            }

            @Override
            public void clear() {
                added.add("clear");
            }
        };
        return new Accumulation(gradients, maxTokens, new TrainingListener() {
            @Override
            public void onStart(int step) {}

            @Override
            public void onStep(StepReport report) {}

            @Override
            public void onMessage(String text) {}

            @Override
            public void onWarning(String text) {
                warnings.add(text);
            }

            @Override
            public boolean stopRequested() {
                return false;
            }
        });
    }

    private static List<TrainingExample> batch(int... lengths) {
        return IntStream.of(lengths)
                .mapToObj(length -> new TrainingExample("row", new TokenSequence(new int[length], new BitSet())))
                .toList();
    }
}
