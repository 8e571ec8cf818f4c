package io.github.ftmaven.runtime.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A model of other processes. Each batch is computed as {@link LocalModel} would, so the results are the same.
 *
 * @param cacheBytes as in {@link BatchModel#cacheBytes}, on which the batches depend
 */
public record RemoteModel(long cacheBytes, Workers workers) implements BatchModel {
    /** The processes. */
    @FunctionalInterface
    public interface Workers {
        /**
         * Has each batch computed by {@link BatchJson#compute}.
         *
         * @param batches at least one
         * @param finished receives now and then how many are done
         * @return the results in the order of the batches
         */
        List<byte[]> compute(List<byte[]> batches, IntConsumer finished);
    }

    @Override
    public <R> List<R> compute(List<? extends ModelBatch<R>> batches, AnswerListener listener) {
        if (batches.isEmpty()) {
            return List.of();
        }
        List<byte[]> found = workers.compute(
                batches.stream().map(BatchJson::bytes).toList(),
                // Batches are begun in their order, so those that are done are nearly the first.
                finished -> listener.onBatch(
                        batches.stream()
                                .limit(finished)
                                .mapToInt(ModelBatch::size)
                                .sum(),
                        null));
        List<R> results = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            results.add(BatchJson.result(batches.get(i), found.get(i)));
        }
        return results;
    }
}
