package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What the next {@code ft:dataset} needs to take the tokens of a row from this one's token file: an entry for each
 * sequence of tokens. {@link EarlierEncodings} reads it.
 *
 * <p>Most significant bytes first: {@link #MAGIC}, the SHA-256 of the key that says how rows are encoded, the entries,
 * the SHA-256 of the token file, and the SHA-256 of everything before it.
 */
final class EncodingsFile implements AutoCloseable {
    /** What every such file begins with; the last digit is the version of the format. */
    static final byte[] MAGIC = {'f', 't', 'e', 'n', 'c', 'o', 'd', '1'};

    /** The digest of the row, where its sequence begins in the token file, and four numbers. */
    static final int ENTRY = 3 * Long.BYTES + 4 * Integer.BYTES;

    /** A flag of the entry of a row's first sequence. */
    static final int FIRST = 1;

    /** A flag: the answer reads otherwise once it is decoded. */
    static final int ALTERED = 2;

    /** A flag of {@link EncodedConversation#rewritten}. */
    static final int REWRITTEN = 4;

    /** {@link EncodedConversation#separateAnswers} stands above the flags. */
    static final int SEPARATE_SHIFT = 3;

    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest = Digests.of("SHA-256");
    private final OutputStream out;

    /**
     * Begins a file.
     *
     * @param key identifies everything but the row that its tokens depend on
     */
    EncodingsFile(Path file, String key) throws IOException {
        out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER), digest);
        out.write(head(key));
    }

    /** The bytes that a file under a key begins with. */
    static byte[] head(String key) {
        byte[] name = HexFormat.of().parseHex(Digests.sha256(key));
        return ByteBuffer.allocate(MAGIC.length + name.length)
                .put(MAGIC)
                .put(name)
                .array();
    }

    /** The digest of what an example's tokens depend on: its messages, which of them are learnt, and its tools. */
    static Digest128 digest(Example example) {
        return Digest128.of(new String(
                ExampleLines.line(new Example("", example.messages(), example.tools())), StandardCharsets.UTF_8));
    }

    /**
     * Writes the entries of a row.
     *
     * @param row its {@link #digest}
     * @param place where its first sequence begins in the token file
     * @param bytes of each sequence there
     */
    void write(Digest128 row, long place, List<EncodedConversation> encoded, List<Integer> bytes, boolean altered)
            throws IOException {
        long at = place;
        for (int i = 0; i < encoded.size(); i++) {
            EncodedConversation each = encoded.get(i);
            TokenSequence tokens = each.tokens();
            int flags = (i == 0 ? FIRST : 0)
                    | (altered ? ALTERED : 0)
                    | (each.rewritten() ? REWRITTEN : 0)
                    | each.separateAnswers() << SEPARATE_SHIFT;
            out.write(ByteBuffer.allocate(ENTRY)
                    .putLong(row.high())
                    .putLong(row.low())
                    .putLong(at)
                    .putInt(tokens.length())
                    .putInt(each.answerStart())
                    .putInt(each.contentStart())
                    .putInt(flags)
                    .array());
            at += bytes.get(i);
        }
    }

    /**
     * Ends the file.
     *
     * @param tokensSha256 of the token file
     */
    void end(String tokensSha256) throws IOException {
        out.write(HexFormat.of().parseHex(tokensSha256));
        out.write(digest.digest());
        out.close();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
