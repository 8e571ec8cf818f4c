package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.TokenSequence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * A sequence of tokens in a file, most significant bytes first: the number of its tokens, how many of them are learnt, the
 * bytes of its source, the source in UTF-8, the ids in two or four bytes each, and a bit for each token, set if it is learnt.
 */
final class TokenRecord {
    /** The three numbers before the source. */
    static final int HEADER = 3 * Integer.BYTES;

    private TokenRecord() {}

    /** The bytes of an id in a vocabulary. */
    static int width(int vocabulary) {
        return vocabulary <= 1 << Short.SIZE ? Short.BYTES : Integer.BYTES;
    }

    /** The bytes behind the header and the source. */
    static long bytes(int length, int width) {
        return (long) length * width + (length + 7L) / 8;
    }

    static ByteBuffer write(String source, TokenSequence tokens, int width) {
        byte[] name = source.getBytes(StandardCharsets.UTF_8);
        int length = tokens.length();
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(HEADER + name.length + bytes(length, width)));
        out.putInt(length).putInt(tokens.supervisedCount()).putInt(name.length).put(name);
        for (int id : tokens.ids()) {
            if (width == Short.BYTES) {
                out.putShort((short) id);
            } else {
                out.putInt(id);
            }
        }
        out.put(tokens.supervised().toByteArray()); // the others are zeros
        return out.clear();
    }

    /** Reads the source behind the first two numbers. */
    static String source(ByteBuffer in) {
        byte[] name = new byte[in.getInt()];
        in.get(name);
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Reads the tokens behind the source. */
    static TokenSequence tokens(ByteBuffer in, int length, int width) {
        int[] ids = new int[length];
        for (int i = 0; i < length; i++) {
            ids[i] = width == Short.BYTES ? in.getShort() & 0xFFFF : in.getInt();
        }
        byte[] bits = new byte[(length + 7) / 8];
        in.get(bits);
        return new TokenSequence(ids, BitSet.valueOf(bits));
    }
}
