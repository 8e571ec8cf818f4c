package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.training.TrainingExample;
import java.util.List;

/**
 * The examples of a training as token sequences.
 *
 * @param train the examples to train on
 * @param validation the held-out examples; empty for none
 * @param served how programs ask the fine-tune, and where its answers stop
 */
record TrainingData(List<TrainingExample> train, List<TrainingExample> validation, ServedFiles served) {
    /** Encodes the examples that {@code ft:dataset} left. */
    static TrainingData encode(Job job, Events events) {
        try (Tokenizer tokenizer = Tokenizer.load(job.base().path(), job.embeddingRows())) {
            ChatFormat format = job.format(tokenizer);
            DatasetStore store = new DatasetStore(job.output());
            return new TrainingData(
                    encode(store, Split.TRAIN, format),
                    encode(store, Split.VALIDATION, format),
                    job.served(tokenizer, format, events));
        }
    }

    private static List<TrainingExample> encode(DatasetStore store, Split split, ChatFormat format) {
        return store.read(split).stream()
                .flatMap(example -> format.encode(example.conversation()).stream()
                        .map(encoded -> new TrainingExample(example.source(), encoded.tokens())))
                .toList();
    }

    /** The length of the longest training example in tokens. */
    long longest() {
        return train.stream()
                .mapToLong(example -> example.tokens().length())
                .max()
                .orElseThrow();
    }
}
