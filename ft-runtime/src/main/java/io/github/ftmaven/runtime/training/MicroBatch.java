package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The part of a batch that is computed at once.
 *
 * @param pass its number in the training, which draws its dropout masks
 * @param sequences in the order in which they are computed
 */
public record MicroBatch(long pass, List<TokenSequence> sequences) {
    /** Copies the list. */
    public MicroBatch {
        sequences = List.copyOf(sequences);
    }

    /** Its bytes for {@link #read}: the pass, then for each sequence its tokens and the bits of those to learn. */
    public byte[] bytes() {
        int size = Long.BYTES + Integer.BYTES;
        for (TokenSequence sequence : sequences) {
            size += 2 * Integer.BYTES
                    + sequence.length() * Integer.BYTES
                    + sequence.supervised().toLongArray().length * Long.BYTES;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).putLong(pass).putInt(sequences.size());
        for (TokenSequence sequence : sequences) {
            long[] supervised = sequence.supervised().toLongArray();
            bytes.putInt(sequence.length()).putInt(supervised.length);
            for (int id : sequence.ids()) {
                bytes.putInt(id);
            }
            for (long word : supervised) {
                bytes.putLong(word);
            }
        }
        return bytes.array();
    }

    /** Reads what {@link #bytes} wrote. */
    public static MicroBatch read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        long pass = bytes.getLong();
        int count = bytes.getInt();
        List<TokenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] ids = new int[bytes.getInt()];
            long[] supervised = new long[bytes.getInt()];
            for (int t = 0; t < ids.length; t++) {
                ids[t] = bytes.getInt();
            }
            for (int w = 0; w < supervised.length; w++) {
                supervised[w] = bytes.getLong();
            }
            sequences.add(new TokenSequence(ids, BitSet.valueOf(supervised)));
        }
        return new MicroBatch(pass, sequences);
    }
}
