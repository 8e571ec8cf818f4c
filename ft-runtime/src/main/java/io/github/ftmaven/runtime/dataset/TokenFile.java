package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The token sequences of a split, as {@code ft:dataset} laid them out. The file is mapped; in memory are only where each
 * sequence begins and how long it is. Several threads may read.
 *
 * <p>The file begins with {@link #MAGIC} and the bytes of an id; a {@link TokenRecord} for each sequence follows.
 */
public final class TokenFile {
    /** What every such file begins with; the last digit is the version of the format. */
    static final byte[] MAGIC = {'f', 't', 't', 'o', 'k', 'e', 'n', '1'};

    private static final long SEGMENT = 1L << 29;

    private final int width;
    private final ByteBuffer[] segments;
    private long[] places = new long[1 << 10];
    private int[] lengths = new int[1 << 10];
    private int[] learnt = new int[1 << 10];
    private int size;

    private TokenFile(Path file, String digest) throws IOException {
        MessageDigest read = Digests.of("SHA-256");
        long longest = 0;
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), read), 1 << 16))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new EOFException();
            }
            width = in.readInt();
            long end = Files.size(file);
            long at = (long) MAGIC.length + Integer.BYTES;
            while (at < end) {
                int length = in.readInt();
                int supervised = in.readInt();
                int name = in.readInt();
                if (length < 0 || name < 0) {
                    throw new EOFException();
                }
                add(at, length, supervised);
                long rest = name + TokenRecord.bytes(length, width);
                pass(in, rest);
                at += TokenRecord.HEADER + rest;
                longest = Math.max(longest, TokenRecord.HEADER + rest);
            }
        }
        if (!HexFormat.of().formatHex(read.digest()).equals(digest)) {
            throw new EOFException();
        }
        segments = map(file, longest);
    }

    /**
     * Opens a file.
     *
     * @param digest its SHA-256
     * @throws InvalidInputException if it is another file
     */
    static TokenFile open(Path file, String digest) {
        try {
            return new TokenFile(file, digest);
        } catch (EOFException e) {
            throw new InvalidInputException(file + ": does not match dataset.json. Run ft:dataset again.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads bytes, since the digest does not see what is skipped. */
    private static void pass(DataInputStream in, long bytes) throws IOException {
        byte[] read = new byte[(int) Math.min(bytes, 1 << 13)];
        for (long left = bytes; left > 0; left -= read.length) {
            in.readFully(read, 0, (int) Math.min(left, read.length));
        }
    }

    /** Segments that overlap by the longest sequence, so that each sequence is in one of them. */
    private static ByteBuffer[] map(Path file, long longest) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long bytes = channel.size();
            ByteBuffer[] segments = new ByteBuffer[(int) ((bytes + SEGMENT - 1) / SEGMENT)];
            for (int i = 0; i < segments.length; i++) {
                long from = i * SEGMENT;
                segments[i] =
                        channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(SEGMENT + longest, bytes - from));
            }
            return segments;
        }
    }

    private void add(long place, int length, int supervised) {
        if (size == places.length) {
            int larger = size + size / 2;
            places = Arrays.copyOf(places, larger);
            lengths = Arrays.copyOf(lengths, larger);
            learnt = Arrays.copyOf(learnt, larger);
        }
        places[size] = place;
        lengths[size] = length;
        learnt[size] = supervised;
        size++;
    }

    /** The number of sequences. */
    public int size() {
        return size;
    }

    /** The number of tokens of a sequence. */
    public int length(int index) {
        return lengths[index];
    }

    /** The number of tokens of a sequence that are learnt. */
    public int learnt(int index) {
        return learnt[index];
    }

    /** The row that a sequence comes from. */
    public String source(int index) {
        return TokenRecord.source(at(index));
    }

    /** A sequence. */
    public TokenSequence tokens(int index) {
        ByteBuffer in = at(index);
        int name = in.getInt();
        in.position(in.position() + name);
        return TokenRecord.tokens(in, lengths[index], width);
    }

    /** Behind the numbers of the tokens. */
    private ByteBuffer at(int index) {
        long place = places[index];
        ByteBuffer in = segments[(int) (place / SEGMENT)].duplicate();
        in.position((int) (place % SEGMENT) + 2 * Integer.BYTES);
        return in;
    }
}
