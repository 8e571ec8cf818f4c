package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The greedy continuation of one prompt, token by token: the same tokens as {@link Decoder#generate} returns at once.
 * It caches keys and values between tokens. Other calls of the decoder may come between two tokens, but not at the same
 * time.
 */
public final class Continuation implements AutoCloseable {
    private final Decoder decoder;
    private final int end;
    private int[] tokens;

    private @Nullable Kept kept;

    /** A cache with the keys and values of a prompt, padded to a number of tokens, and of its continuation. */
    private record Kept(Arena arena, Documents layout, int length, List<Tensor> cache) {}

    Continuation(Decoder decoder, int[] prompt, int limit) {
        this.decoder = decoder;
        this.tokens = prompt.clone();
        this.end = prompt.length + limit;
    }

    /** Whether the limit is not yet reached. */
    public boolean hasNext() {
        return tokens.length < end;
    }

    /**
     * The next token; the caller decides which token ends the text.
     *
     * @throws NoSuchElementException if the limit is reached
     */
    public int next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the limit of the continuation is reached");
        }
        int near = decoder.near();
        int count = tokens.length;
        int token;
        if (kept == null || (kept.length() <= near && count > near)) {
            // Positions beyond near rotate differently, so the cached keys do not fit any more.
            token = read();
        } else {
            int s = count - 1 - kept.length();
            token = decoder.advance(kept.layout(), kept.length(), tokens[count - 1], s, kept.cache());
        }
        tokens = Arrays.copyOf(tokens, count + 1);
        tokens[count] = token;
        return token;
    }

    private int read() {
        close();
        int count = tokens.length;
        Documents layout = Documents.together(List.of(tokens), 0, decoder.near());
        Arena arena = decoder.arena();
        List<Tensor> read = decoder.read(arena, layout, count - 1, end - count);
        kept = new Kept(arena, layout, count, read.subList(0, read.size() - 1));
        return Math.toIntExact(read.get(read.size() - 1).toLongs()[0]);
    }

    /** Frees the cache. */
    @Override
    public void close() {
        if (kept != null) {
            kept.arena().close();
            kept = null;
        }
    }
}
