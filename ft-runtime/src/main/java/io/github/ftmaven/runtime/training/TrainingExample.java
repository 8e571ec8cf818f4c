package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;

/** One example for the trainer: how long it is, and where its tokens are. */
public final class TrainingExample {
    private final Store store;
    private final int index;
    private final int length;
    private final int supervisedCount;

    /** Where the tokens of examples are; several threads may ask it. */
    public interface Store {
        /** The file and line of an example. */
        String source(int index);

        /** The tokens of an example. */
        TokenSequence tokens(int index);
    }

    /** One example in memory. */
    private record One(String source, TokenSequence tokens) implements Store {
        @Override
        public String source(int index) {
            return source;
        }

        @Override
        public TokenSequence tokens(int index) {
            return tokens;
        }
    }

    /**
     * An example in memory.
     *
     * @param source the file and line of the example
     */
    public TrainingExample(String source, TokenSequence tokens) {
        this(new One(source, tokens), 0, tokens.length(), tokens.supervisedCount());
    }

    /**
     * An example elsewhere.
     *
     * @param index its number there
     * @param length the number of its tokens
     * @param supervisedCount how many of them are learnt
     */
    public TrainingExample(Store store, int index, int length, int supervisedCount) {
        this.store = store;
        this.index = index;
        this.length = length;
        this.supervisedCount = supervisedCount;
    }

    /** The file and line of the example. */
    public String source() {
        return store.source(index);
    }

    /** The tokens. */
    public TokenSequence tokens() {
        return store.tokens(index);
    }

    /** The number of tokens. */
    public int length() {
        return length;
    }

    /** The number of tokens that training learns. */
    public int supervisedCount() {
        return supervisedCount;
    }
}
