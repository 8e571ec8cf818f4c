package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.files.Scratch;
import java.util.AbstractList;

/** The lengths of examples, in columns. */
final class LengthColumns extends AbstractList<TokenLengths> {
    private final int size;
    private final Scratch.Ints whole;
    private final Scratch.Ints prompt;
    private final Scratch.Ints answer;

    LengthColumns(int size, Scratch scratch) {
        this.size = size;
        this.whole = scratch.ints(size);
        this.prompt = scratch.ints(size);
        this.answer = scratch.ints(size);
    }

    @Override
    public TokenLengths set(int index, TokenLengths lengths) {
        whole.set(index, lengths.whole());
        prompt.set(index, lengths.prompt());
        answer.set(index, lengths.answer());
        return lengths;
    }

    @Override
    public TokenLengths get(int index) {
        return new TokenLengths(whole.get(index), prompt.get(index), answer.get(index));
    }

    @Override
    public int size() {
        return size;
    }
}
