package io.github.ftmaven.runtime.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.Scoring;
import io.github.ftmaven.runtime.decoder.Scoring.TokenScore;
import java.util.List;

/**
 * What a model computes at once. On processors with the same vector instructions and with as many threads, whoever computes
 * a batch gets the same numbers. Another batch with some of the same texts may round differently.
 *
 * @param <R> what it results in
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(ModelBatch.Prompts.class), @JsonSubTypes.Type(ModelBatch.Sequences.class)})
public sealed interface ModelBatch<R> {
    /** Has a decoder compute it. */
    R computedBy(Decoder decoder);

    /** The number of its texts. */
    int size();

    /** The tokens that were read and written for a result. */
    long tokens(R result);

    /** The class of its result. */
    Class<R> resultClass();

    /**
     * Prompts to answer greedily.
     *
     * @param limit the most tokens of an answer, including its end token
     * @param stop the end token
     */
    @JsonTypeName("prompts")
    record Prompts(List<int[]> prompts, int limit, int stop) implements ModelBatch<Answered> {
        @Override
        public Answered computedBy(Decoder decoder) {
            long begun = System.nanoTime();
            List<int[]> answers = decoder.generate(prompts, limit, stop);
            return new Answered(answers, (System.nanoTime() - begun) / 1e9);
        }

        @Override
        public int size() {
            return prompts.size();
        }

        @Override
        public long tokens(Answered result) {
            return length(prompts) + length(result.answers());
        }

        private static long length(List<int[]> texts) {
            return texts.stream().mapToLong(text -> text.length).sum();
        }

        @Override
        public Class<Answered> resultClass() {
            return Answered.class;
        }
    }

    /**
     * The answers to prompts.
     *
     * @param answers tokens in the prompts' order, without the end token
     * @param seconds what the batch took
     */
    record Answered(List<int[]> answers, double seconds) {}

    /** Sequences whose supervised tokens are scored. */
    @JsonTypeName("sequences")
    record Sequences(List<TokenSequence> sequences) implements ModelBatch<Scored> {
        @Override
        public Scored computedBy(Decoder decoder) {
            return new Scored(Scoring.tokens(decoder, sequences));
        }

        @Override
        public int size() {
            return sequences.size();
        }

        @Override
        public long tokens(Scored result) {
            return sequences.stream().mapToLong(TokenSequence::length).sum();
        }

        @Override
        public Class<Scored> resultClass() {
            return Scored.class;
        }
    }

    /**
     * The scores of sequences.
     *
     * @param scores of each sequence's supervised tokens, in order
     */
    record Scored(List<List<TokenScore>> scores) {}
}
