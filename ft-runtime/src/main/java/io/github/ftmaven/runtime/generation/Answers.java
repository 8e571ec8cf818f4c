package io.github.ftmaven.runtime.generation;

import io.github.ftmaven.runtime.decoder.Decoder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Greedy answers to many prompts, in batches of similar length. */
public final class Answers {
    private Answers() {}

    /**
     * An answer.
     *
     * @param tokens without the end token
     * @param seconds the time its batch took, shared among the batch's answers
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, right after creation
    public record Answer(int[] tokens, double seconds) {}

    /**
     * Answers every prompt.
     *
     * @param limit the most tokens of an answer, including its end token
     * @param stop the end token
     * @return the answers in the prompts' order
     */
    public static List<Answer> greedy(
            Decoder decoder, List<int[]> prompts, int limit, int stop, int batchSize, AnswerListener listener) {
        Answer[] answers = new Answer[prompts.size()];
        List<Integer> byLength = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                .toList();
        long tokens = 0;
        for (int start = 0; start < byLength.size(); start += batchSize) {
            List<Integer> batch = byLength.subList(start, Math.min(byLength.size(), start + batchSize));
            long begun = System.nanoTime();
            List<int[]> found =
                    decoder.generate(batch.stream().map(prompts::get).toList(), limit, stop);
            double seconds = (System.nanoTime() - begun) / 1e9 / batch.size();
            for (int i = 0; i < batch.size(); i++) {
                answers[batch.get(i)] = new Answer(found.get(i), seconds);
                tokens += prompts.get(batch.get(i)).length + found.get(i).length;
            }
            listener.onBatch(start + batch.size(), tokens);
        }
        return Arrays.asList(answers);
    }
}
