package io.github.ftmaven.runtime.generation;

import io.github.ftmaven.runtime.decoder.Decoder;
import java.util.ArrayList;
import java.util.List;

/** A model of this process. */
public record LocalModel(Decoder decoder) implements BatchModel {
    @Override
    public long cacheBytes() {
        return decoder.cacheBytes();
    }

    @Override
    public <R> List<R> compute(List<? extends ModelBatch<R>> batches, AnswerListener listener) {
        List<R> results = new ArrayList<>();
        int done = 0;
        long tokens = 0;
        for (ModelBatch<R> batch : batches) {
            R result = batch.computedBy(decoder);
            results.add(result);
            done += batch.size();
            tokens += batch.tokens(result);
            listener.onBatch(done, tokens);
        }
        return results;
    }
}
