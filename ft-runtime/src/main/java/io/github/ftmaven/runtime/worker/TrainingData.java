package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.dataset.TokenFile;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.training.TrainingExample;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The examples of a training as token sequences.
 *
 * @param train the examples to train on
 * @param validation the held-out examples; empty for none
 * @param served how programs ask the fine-tune, and where its answers stop
 */
record TrainingData(List<TrainingExample> train, List<TrainingExample> validation, ServedFiles served) {
    /** Opens the tokens that {@code ft:dataset} left. */
    static TrainingData open(Job job, Events events) {
        try (Tokenizer tokenizer = Tokenizer.load(job.base().path(), job.embeddingRows())) {
            DatasetStore store = new DatasetStore(job.output());
            return new TrainingData(
                    examples(store.tokens(Split.TRAIN)),
                    examples(store.tokens(Split.VALIDATION)),
                    job.served(tokenizer, job.format(tokenizer), events));
        }
    }

    private static List<TrainingExample> examples(TokenFile file) {
        TrainingExample.Store store = new TrainingExample.Store() {
            @Override
            public String source(int index) {
                return file.source(index);
            }

            @Override
            public TokenSequence tokens(int index) {
                return file.tokens(index);
            }
        };
        return IntStream.range(0, file.size())
                .mapToObj(i -> new TrainingExample(store, i, file.length(i), file.learnt(i)))
                .toList();
    }

    /** The length of the longest training example in tokens. */
    long longest() {
        return train.stream().mapToLong(TrainingExample::length).max().orElseThrow();
    }
}
