package io.github.ftmaven.runtime.generation;

import io.github.ftmaven.runtime.generation.ModelBatch.Answered;
import io.github.ftmaven.runtime.generation.ModelBatch.Prompts;
import io.github.ftmaven.runtime.memory.EvaluationMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
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
            BatchModel model, List<int[]> prompts, int limit, int stop, int batchSize, AnswerListener listener) {
        List<Integer> byLength = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                .toList();
        long cached = EvaluationMemory.CACHE / model.cacheBytes();
        List<List<Integer>> batches = batches(byLength, i -> prompts.get(i).length + limit, batchSize, cached);
        // The longest first: a lack of memory shows at once, and of several workers none is left with a long one.
        Collections.reverse(batches);
        List<Answered> found = model.compute(
                batches.stream()
                        .map(batch ->
                                new Prompts(batch.stream().map(prompts::get).toList(), limit, stop))
                        .toList(),
                listener);
        Answer[] answers = new Answer[prompts.size()];
        for (int b = 0; b < found.size(); b++) {
            List<Integer> batch = batches.get(b);
            double seconds = found.get(b).seconds() / batch.size();
            for (int i = 0; i < batch.size(); i++) {
                answers[batch.get(i)] = new Answer(found.get(b).answers().get(i), seconds);
            }
        }
        return Arrays.asList(answers);
    }

    /**
     * Cuts a list into batches: of at most {@code most} prompts, and of at most {@code cached} tokens if all are as long as
     * the longest, but of at least one prompt.
     *
     * @param byLength shortest first
     * @param length of a prompt and its answer, in tokens
     */
    static List<List<Integer>> batches(List<Integer> byLength, ToLongFunction<Integer> length, int most, long cached) {
        List<List<Integer>> batches = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= byLength.size(); i++) {
            if (i == byLength.size()
                    || i - start == most
                    || (i + 1 - start) * length.applyAsLong(byLength.get(i)) > cached) {
                batches.add(byLength.subList(start, i));
                start = i;
            }
        }
        return batches;
    }
}
