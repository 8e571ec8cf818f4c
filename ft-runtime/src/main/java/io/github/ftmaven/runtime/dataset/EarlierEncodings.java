package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.Scratch;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that an earlier {@code ft:dataset} laid out for the rows of a split. They are the same as this one would
 * compute, because the earlier one encoded in the same way, and its files are as it left them. A lookup reads one record of
 * the token file; several threads may look up.
 */
final class EarlierEncodings implements AutoCloseable {
    /** A dataset without an earlier one. */
    static final EarlierEncodings NONE = new EarlierEncodings(null, null, 0);

    private static final int DIGEST = 32; // bytes

    /** Of a row: the digest, and where its first sequence begins. */
    private static final int LONGS = 3;

    /** Of a sequence: its tokens, where the answer and its content start, and flags. */
    private static final int INTS = 4;

    private final @Nullable FileChannel tokens;
    private final @Nullable Entries entries;
    private final int width;

    private EarlierEncodings(@Nullable FileChannel tokens, @Nullable Entries entries, int width) {
        this.tokens = tokens;
        this.entries = entries;
        this.width = width;
    }

    /**
     * A row as it was encoded.
     *
     * @param altered whether its answer reads otherwise once it is decoded
     */
    record Row(List<EncodedConversation> encoded, boolean altered) {
        /** Copies the list. */
        Row {
            encoded = List.copyOf(encoded);
        }
    }

    /**
     * The tokens of an earlier dataset, none if there is no such dataset, if it was encoded in another way, or if its files
     * have changed since.
     *
     * @param key identifies everything but the row that its tokens depend on
     * @param width of an id in bytes
     */
    static EarlierEncodings open(Path tokenFile, Path encodingsFile, String key, int width, Scratch scratch) {
        if (!Files.isRegularFile(tokenFile) || !Files.isRegularFile(encodingsFile)) {
            return NONE;
        }
        try {
            Optional<Entries> entries = Entries.read(encodingsFile, tokenFile, key, scratch);
            return entries.isPresent() ? new EarlierEncodings(FileChannel.open(tokenFile), entries.get(), width) : NONE;
        } catch (IOException e) {
            return NONE; // what cannot be read is encoded again
        }
    }

    /** The row with a digest of {@link EncodingsFile#digest}; empty if the earlier dataset had none. */
    Optional<Row> find(Digest128 digest) {
        if (entries == null || tokens == null) {
            return Optional.empty();
        }
        int first = entries.find(digest);
        if (first < 0) {
            return Optional.empty();
        }
        List<EncodedConversation> encoded = new ArrayList<>();
        int entry = first;
        do {
            encoded.add(read(tokens, entries, entry));
            entry++;
        } while (entry < entries.size && (entries.flags(entry) & EncodingsFile.FIRST) == 0);
        return Optional.of(new Row(encoded, (entries.flags(first) & EncodingsFile.ALTERED) != 0));
    }

    private EncodedConversation read(FileChannel from, Entries known, int entry) {
        long place = known.place(entry);
        int length = known.numbers.get((long) INTS * entry);
        int name = bytes(from, place, TokenRecord.HEADER).getInt(2 * Integer.BYTES);
        ByteBuffer in =
                bytes(from, place + TokenRecord.HEADER + name, Math.toIntExact(TokenRecord.bytes(length, width)));
        int flags = known.flags(entry);
        return new EncodedConversation(
                TokenRecord.tokens(in, length, width),
                known.numbers.get((long) INTS * entry + 1),
                known.numbers.get((long) INTS * entry + 2),
                flags >> EncodingsFile.SEPARATE_SHIFT,
                (flags & EncodingsFile.REWRITTEN) != 0);
    }

    private static ByteBuffer bytes(FileChannel from, long place, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try {
            while (bytes.hasRemaining()) {
                if (from.read(bytes, place + bytes.position()) < 0) {
                    throw new EOFException("the token file is shorter than it was");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        if (tokens != null) {
            try {
                tokens.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The entries in columns, and a hash table of the rows among them. */
    private static final class Entries {
        private final int size;
        private final Scratch.Longs rows;
        private final Scratch.Ints numbers;
        private final Scratch.Ints table; // an entry and one, or 0
        private final int mask;

        private Entries(int size, Scratch scratch) {
            this.size = size;
            rows = scratch.longs((long) LONGS * size);
            numbers = scratch.ints((long) INTS * size);
            int slots = Integer.highestOneBit(Math.max(size, 1)) << 2;
            table = scratch.ints(slots);
            mask = slots - 1;
        }

        static Optional<Entries> read(Path file, Path tokenFile, String key, Scratch scratch) throws IOException {
            MessageDigest digest = Digests.of("SHA-256");
            byte[] head = EncodingsFile.head(key);
            long body = Files.size(file) - head.length - 2 * DIGEST;
            if (body < 0 || body % EncodingsFile.ENTRY != 0 || body / EncodingsFile.ENTRY > 1 << 28) {
                return Optional.empty();
            }
            try (DataInputStream in = new DataInputStream(
                    new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), digest))) {
                if (!Arrays.equals(in.readNBytes(head.length), head)) {
                    return Optional.empty();
                }
                Entries entries = new Entries((int) (body / EncodingsFile.ENTRY), scratch);
                for (int i = 0; i < entries.size; i++) {
                    entries.set(i, in);
                }
                String ofTokens = HexFormat.of().formatHex(in.readNBytes(DIGEST));
                byte[] all = digest.digest();
                return Arrays.equals(in.readNBytes(DIGEST), all)
                                && Digests.sha256(tokenFile).equals(ofTokens)
                        ? Optional.of(entries)
                        : Optional.empty();
            }
        }

        private void set(int entry, DataInputStream in) throws IOException {
            for (int i = 0; i < LONGS; i++) {
                rows.set((long) LONGS * entry + i, in.readLong());
            }
            for (int i = 0; i < INTS; i++) {
                numbers.set((long) INTS * entry + i, in.readInt());
            }
            if ((flags(entry) & EncodingsFile.FIRST) != 0 && find(digest(entry)) < 0) {
                int slot = slot(digest(entry));
                while (table.get(slot) != 0) {
                    slot = (slot + 1) & mask;
                }
                table.set(slot, entry + 1);
            }
        }

        /** The first entry of a row, or -1. */
        int find(Digest128 digest) {
            int slot = slot(digest);
            for (int found = table.get(slot); found != 0; found = table.get(slot)) {
                if (digest(found - 1).equals(digest)) {
                    return found - 1;
                }
                slot = (slot + 1) & mask;
            }
            return -1;
        }

        private int slot(Digest128 digest) {
            return (int) (digest.high() >>> Integer.SIZE) & mask;
        }

        private Digest128 digest(int entry) {
            return new Digest128(rows.get((long) LONGS * entry), rows.get((long) LONGS * entry + 1));
        }

        long place(int entry) {
            return rows.get((long) LONGS * entry + 2);
        }

        int flags(int entry) {
            return numbers.get((long) INTS * entry + 3);
        }
    }
}
