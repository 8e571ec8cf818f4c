package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a split while they are written: its examples, the tokens of examples to learn, and what the next dataset needs
 * to take these tokens from here.
 */
final class SplitFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest exampleDigest = Digests.of("SHA-256");
    private final MessageDigest tokenDigest = Digests.of("SHA-256");
    private final OutputStream examples;
    private final @Nullable OutputStream tokens;
    private final @Nullable EncodingsFile encodings;
    private final int width;
    private long place; // in the file of tokens
    private String tokensSha256 = "";

    /**
     * Where the files are.
     *
     * @param tokens null to write no tokens
     * @param encodings null if the next dataset is to encode every row again
     */
    record Paths(
            Path examples, @Nullable Path tokens, @Nullable Path encodings) {}

    /**
     * Opens the files.
     *
     * @param vocabulary the rows of the base model's embedding
     * @param key of the encodings
     */
    SplitFiles(Paths paths, int vocabulary, String key) throws IOException {
        Path exampleFile = paths.examples();
        Path tokenFile = paths.tokens();
        width = TokenRecord.width(vocabulary);
        examples = new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(exampleFile), exampleDigest), BUFFER);
        tokens = tokenFile == null
                ? null
                : new BufferedOutputStream(
                        new DigestOutputStream(Files.newOutputStream(tokenFile), tokenDigest), BUFFER);
        if (tokens != null) {
            tokens.write(TokenFile.MAGIC);
            tokens.write(ByteBuffer.allocate(Integer.BYTES).putInt(width).array());
            place = (long) TokenFile.MAGIC.length + Integer.BYTES;
        }
        encodings = tokens == null || paths.encodings() == null ? null : new EncodingsFile(paths.encodings(), key);
    }

    /**
     * Writes an example and its token sequences.
     *
     * @param source of the example
     * @param row its {@link EncodingsFile#digest}
     * @param altered whether its answer reads otherwise once it is decoded
     */
    void write(Example example, String source, Digest128 row, List<EncodedConversation> encoded, boolean altered) {
        try {
            examples.write(ExampleLines.line(example));
            examples.write('\n');
            if (tokens == null) {
                return;
            }
            List<Integer> bytes = new ArrayList<>(encoded.size());
            for (EncodedConversation each : encoded) {
                byte[] written = TokenRecord.write(source, each.tokens(), width).array();
                tokens.write(written);
                bytes.add(written.length);
            }
            if (encodings != null) {
                encodings.write(row, place, encoded, bytes, altered);
            }
            for (int each : bytes) {
                place += each;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHA-256 of the file of examples, once closed. */
    String examplesSha256() {
        return HexFormat.of().formatHex(exampleDigest.digest());
    }

    /** The SHA-256 of the file of tokens, once ended; empty if none was written. */
    String tokensSha256() {
        return tokensSha256;
    }

    /** Writes what remains. */
    void end() {
        try {
            examples.close();
            if (tokens != null) {
                tokens.close();
                tokensSha256 = HexFormat.of().formatHex(tokenDigest.digest());
            }
            if (encodings != null) {
                encodings.end(tokensSha256);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the files, which may be incomplete. */
    @Override
    public void close() {
        try {
            examples.close();
            if (tokens != null) {
                tokens.close();
            }
            if (encodings != null) {
                encodings.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
