package io.github.ftmaven.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Scoring.TokenScore;
import io.github.ftmaven.runtime.generation.ModelBatch.Answered;
import io.github.ftmaven.runtime.generation.ModelBatch.Prompts;
import io.github.ftmaven.runtime.generation.ModelBatch.Scored;
import io.github.ftmaven.runtime.generation.ModelBatch.Sequences;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How batches travel. With real models they do so in {@code EvaluationServerTest}. */
class RemoteModelTest {
    private final List<ModelBatch<?>> arrived = new ArrayList<>();

    @Test
    void everyNumberArrivesAsItWas() {
        Random random = new Random(3);
        List<TokenScore> scores = new ArrayList<>(List.of(
                new TokenScore(Float.NEGATIVE_INFINITY, false),
                new TokenScore(-0f, true),
                new TokenScore(Float.MIN_VALUE, false)));
        for (int i = 0; i < 2000; i++) {
            float any = Float.intBitsToFloat(random.nextInt());
            scores.add(new TokenScore(Float.isNaN(any) ? 0 : any, random.nextBoolean()));
        }
        BitSet supervised = new BitSet();
        supervised.set(63, 66);
        supervised.set(129);
        int[] ids = random.ints(130, 0, Integer.MAX_VALUE).toArray();
        Sequences batch = new Sequences(List.of(new TokenSequence(ids, supervised), sequence(3)));

        Scored result = remote(new Scored(List.of(scores, List.of())))
                .compute(List.of(batch), (answered, tokens) -> {})
                .get(0);
        assertThat(result.scores()).containsExactly(scores, List.of());
        List<TokenSequence> sequences = ((Sequences) arrived.get(0)).sequences();
        assertThat(sequences).hasSize(2);
        assertThat(sequences.get(0).ids()).isEqualTo(ids);
        assertThat(sequences.get(0).supervised()).isEqualTo(supervised);
    }

    @Test
    void answersComeBackWithTheTimeOfTheirBatch() {
        Answered result = remote(new Answered(List.of(new int[] {1, 2}, new int[0]), 0.1 + 0.2))
                .compute(
                        List.of(new Prompts(List.of(new int[] {5, 6, 7}, new int[] {8}), 4, 1)),
                        (answered, tokens) -> {})
                .get(0);
        assertThat(result.seconds()).isEqualTo(0.1 + 0.2);
        assertThat(result.answers()).containsExactly(new int[] {1, 2}, new int[0]);
        Prompts prompts = (Prompts) arrived.get(0);
        assertThat(prompts.prompts()).containsExactly(new int[] {5, 6, 7}, new int[] {8});
        assertThat(prompts.limit()).isEqualTo(4);
        assertThat(prompts.stop()).isEqualTo(1);
    }

    @Test
    void progressCountsTextsOfFinishedBatches() {
        List<String> progress = new ArrayList<>();
        List<Sequences> batches = List.of(
                new Sequences(List.of(sequence(9), sequence(8), sequence(7))), new Sequences(List.of(sequence(2))));
        remote(new Scored(List.of())).compute(batches, (answered, tokens) -> progress.add(answered + " " + tokens));
        assertThat(progress).containsExactly("3 null", "4 null");
    }

    @Test
    void nobodyIsAskedNothing() {
        List<Prompts> none = List.of();
        assertThat(remote(new Answered(List.of(), 0)).compute(none, (answered, tokens) -> {}))
                .isEmpty();
        assertThat(arrived).isEmpty();
    }

    private static TokenSequence sequence(int length) {
        BitSet last = new BitSet();
        last.set(length - 1);
        return new TokenSequence(new int[length], last);
    }

    /** Others who always answer the same. */
    private RemoteModel remote(Object answer) {
        BatchModel there = new BatchModel() {
            @Override
            public long cacheBytes() {
                return 1;
            }

            @Override
            public <R> List<R> compute(List<? extends ModelBatch<R>> batches, AnswerListener listener) {
                arrived.addAll(batches);
                return List.of(batches.get(0).resultClass().cast(answer));
            }
        };
        return new RemoteModel(1, (batches, finished) -> {
            List<byte[]> results = new ArrayList<>();
            for (byte[] batch : batches) {
                results.add(BatchJson.compute(there, batch));
                finished.accept(results.size());
            }
            return results;
        });
    }
}
